const DOCUMENT = /^(?=.*\d)[\p{L}\d][\p{L}\d ./-]{0,39}$/u;
/** A personal number or a phone typed into the wrong field must not be kept in clear. */
const PERSONAL = /\d{9}/;

/** The number of a form or letter as officers write it (`TK03-2026/17`, `125/CAT-CSHS`); undefined for any other text. */
export function parseDocumentNumber(text: string): string | undefined {
  const number = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return DOCUMENT.test(number) && !PERSONAL.test(number.replaceAll(/[\s.-]/g, '')) ? number : undefined;
}
