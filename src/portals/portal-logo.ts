import { createHash } from 'node:crypto';

/** Registered portals: a page with style, scripts and logo stays under 60 KB. */
export const LOGO_BYTES = 20 * 1024;
const MOST_PIXELS = 2048;

export interface PortalLogo {
  /** Hash of the content and the ending that tells its type. */
  readonly file: string;
  readonly content: Buffer;
}

/**
 * The picture, when it is a whole PNG or JPEG of at most `mostBytes` and a size a page can show; undefined for anything else.
 * No SVG: it is a document that can carry scripts and references.
 */
export function readLogo(content: Buffer, mostBytes: number): PortalLogo | undefined {
  if (content.length > mostBytes) return undefined;
  const kinds = [
    { ending: 'png', size: pngSize(content) },
    { ending: 'jpg', size: jpegSize(content) },
  ];
  const kind = kinds.find(({ size }) => size?.every((side) => side > 0 && side <= MOST_PIXELS));
  if (!kind) return undefined;
  const hash = createHash('sha256').update(content).digest('base64url');
  return { file: `${hash}.${kind.ending}`, content };
}

/** The name of a logo as it stands in an address; undefined for any other text. */
export const parseLogoFile = (text: string): string | undefined =>
  /^[\w-]{43}\.(png|jpg)$/.test(text) ? text : undefined;

export const logoType = (file: string): string => (file.endsWith('.png') ? 'image/png' : 'image/jpeg');

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');

/** Width and height (PNG 3rd edition, 11.2.1); nothing may follow the last chunk. */
function pngSize(content: Buffer): number[] | undefined {
  const isWhole = content.length > 45 && content.subarray(0, 16).equals(PNG) && content.subarray(-12).equals(PNG_END);
  return isWhole ? [content.readUInt32BE(16), content.readUInt32BE(20)] : undefined;
}

/** Width and height out of the frame header (ITU T.81, B.2.2), found from segment to segment. */
function jpegSize(content: Buffer): number[] | undefined {
  const isWhole =
    content.length > 20 && content.readUInt16BE(0) === 0xffd8 && content.readUInt16BE(content.length - 2) === 0xffd9;
  if (!isWhole) return undefined;
  for (let at = 2; at + 9 <= content.length && content[at] === 0xff; at += 2 + content.readUInt16BE(at + 2)) {
    const marker = content.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [content.readUInt16BE(at + 7), content.readUInt16BE(at + 5)];
  }
  return undefined;
}
