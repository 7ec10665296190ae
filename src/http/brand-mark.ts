const MOST_BYTES = 10 * 1024;
/** What an image could do beside being looked at. It is shown by <img>, which runs none of it; so there is no reason to have it. */
const ACTIVE =
  /<(?:script|foreignObject|!ENTITY|!DOCTYPE)\b|\son\w+\s*=|(?:href|src)\s*=\s*["'](?!#)|url\(\s*["']?(?!#)|@import/i;

/** The authority's mark, an SVG drawing. Throws with the reason when it is no drawing, is too heavy, or more than a drawing. */
export function parseMark(svg: string): string {
  const text = svg.trim();
  if (!/^(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(text)) throw new Error('is not an SVG drawing');
  if (Buffer.byteLength(text) > MOST_BYTES) throw new Error('is over 10 KB');
  if (ACTIVE.test(text)) throw new Error('must be a drawing alone: no script, no style from elsewhere, no address');
  return text;
}
