/** Text that is markup already: made only by the renderer's own parts and symbols, never from a value. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * What a template's value becomes: escaped for text and for quoted attributes; Markup as it is. Throws a TypeError for
 * anything but a text or a number, so that a forgotten model value is a defect and never the word "undefined".
 */
export function escapeValue(value: unknown): string {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new TypeError(`a template printed ${value === null ? 'null' : typeof value}`);
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
