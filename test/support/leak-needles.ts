import { createHash } from 'node:crypto';
import { withoutMarks } from '../../src/delivery/plain-text.ts';

/** One thing of a fixture that must never be found in clear. */
export interface Secret {
  readonly kind: 'national_id' | 'phone' | 'name' | 'email' | 'password' | 'code' | 'totp_secret' | 'address';
  readonly value: string;
}

/** One way a secret may lie about; `text` is lower case when `folded`. */
export interface Needle {
  readonly secret: Secret;
  /** How it is written: `clear`, `base64`, `sha256`, … */
  readonly form: string;
  readonly text: string;
  readonly folded: boolean;
  /** Must stand alone, not as a part of a longer number or word: short digits occur in any hash. */
  readonly alone: boolean;
}

/** Every writing of the secrets that the net looks for: clear, without marks, encoded, and hashed without a key. */
export function needlesOf(secrets: readonly Secret[]): Needle[] {
  return secrets.flatMap((secret) => {
    // nothing is found everywhere, and looking for it never ends
    if (secret.value === '') throw new Error(`an empty ${secret.kind} is no secret to look for`);
    const short = secret.kind === 'code';
    const clear = writingsOf(secret).map((text) => needle(secret, 'clear', text, short));
    return short ? clear : [...clear, ...writingsOf(secret).flatMap((text) => hiddenOf(secret, text))];
  });
}

function writingsOf({ kind, value }: Secret): string[] {
  if (kind === 'phone') {
    const national = value.replace(/^\+84|^0/, '');
    return [national]; // part of 0…, 84… and +84… alike
  }
  if (kind === 'name' || kind === 'address')
    return [value.normalize('NFC'), value.normalize('NFD'), withoutMarks(value)];
  return [value];
}

function hiddenOf(secret: Secret, text: string): Needle[] {
  const bytes = Buffer.from(text);
  const hashed = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) => {
    const digest = createHash(algorithm).update(bytes).digest();
    return [
      needle(secret, algorithm, digest.toString('hex')),
      exact(secret, algorithm, digest.toString('base64url').slice(0, 20)),
    ];
  });
  const percent = encodeURIComponent(text);
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, unicodeEscape);
  return [
    ...hashed,
    ...base64Parts(bytes).map((part) => exact(secret, 'base64', part)),
    needle(secret, 'hex', bytes.toString('hex')),
    ...(percent === text ? [] : [needle(secret, 'percent', percent)]),
    ...(escaped === text ? [] : [needle(secret, 'escaped', escaped)]),
  ];
}

/** What is the same of a base64 text wherever in a longer one the bytes begin. */
function base64Parts(bytes: Buffer): string[] {
  return [0, 1, 2]
    .map((offset) => {
      const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      return encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - ((offset + bytes.length) % 3 === 0 ? 0 : 1));
    })
    .flatMap((part) => [...new Set([part, part.replaceAll('+', '-').replaceAll('/', '_')])])
    .filter((part) => part.length >= 8);
}

const unicodeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const needle = (secret: Secret, form: string, text: string, alone = false): Needle => ({
  secret,
  form,
  text: text.toLowerCase(),
  folded: true,
  alone,
});
const exact = (secret: Secret, form: string, text: string): Needle => ({
  secret,
  form,
  text,
  folded: false,
  alone: false,
});

/** The needles that lie in `hay`. */
export function findNeedles(hay: string, needles: readonly Needle[]): Needle[] {
  if (hay === '') return [];
  const folded = hay.toLowerCase();
  return needles.filter((needle) => contains(needle.folded ? folded : hay, needle));
}

function contains(hay: string, { text, alone }: Needle): boolean {
  for (let at = hay.indexOf(text); at >= 0; at = hay.indexOf(text, at + 1)) {
    if (!alone || (!isWord(hay[at - 1]) && !isWord(hay[at + text.length]))) return true;
  }
  return false;
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\w-]/.test(character);
