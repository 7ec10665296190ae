/** One SMPP short message: its coding and octets; several carry a header that puts them in order. */
export interface SmsSegment {
  readonly dataCoding: 0 | 8;
  readonly concatenated: boolean;
  readonly octets: Buffer;
}

/** GSM 03.38 without its extension table: one septet a character, sent as one octet. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_OCTETS = new Map(Array.from(GSM).map((character, octet) => [character, octet]));
GSM_OCTETS.delete('\u001b');

interface Coding {
  readonly dataCoding: 0 | 8;
  /** Units that fit into one message, and into one part of several (3GPP TS 23.040, 9.2.3.24.1). */
  readonly whole: number;
  readonly part: number;
  readonly encode: (text: string) => Buffer;
}

const GSM_CODING: Coding = {
  dataCoding: 0,
  whole: 160,
  part: 153,
  encode: (text) => Buffer.from(Array.from(text, (character) => GSM_OCTETS.get(character) ?? 0)),
};
const UCS2_CODING: Coding = {
  dataCoding: 8,
  whole: 70,
  part: 67,
  encode: (text) => Buffer.from(text, 'utf16le').swap16(),
};

/**
 * The text as short messages: GSM 03.38 if it has no other characters, else UCS-2. `reference` (0 to 255) ties the parts
 * together; a character is never cut in two.
 */
export function segmentsOf(text: string, reference: number): SmsSegment[] {
  const composed = text.normalize('NFC');
  const coding = Array.from(composed).every((character) => GSM_OCTETS.has(character)) ? GSM_CODING : UCS2_CODING;
  const { dataCoding, encode } = coding;
  if (composed.length <= coding.whole) return [{ dataCoding, concatenated: false, octets: encode(composed) }];

  const parts = cut(composed, coding.part);
  return parts.map((part, i) => {
    const header = Buffer.from([5, 0, 3, reference & 255, parts.length, i + 1]);
    return { dataCoding, concatenated: true, octets: Buffer.concat([header, encode(part)]) };
  });
}

function cut(text: string, units: number): string[] {
  const parts = [''];
  for (const character of text) {
    const last = parts.at(-1) ?? '';
    if (last.length + character.length > units) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}
