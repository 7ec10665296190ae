/** NIST SP 800-63B-4, 3.1.1.2: at least 8 where a second factor is used, no composition rule. The cap bounds the work. */
const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** So many characters must be left when the person's own words are taken out. */
const OWN_REMAINDER = 6;
/** A word of one's own this long is refused wherever it stands: digits of a number, phone or date; a whole name. */
const TELLING_DIGITS = 6;
const TELLING_LETTERS = 8;
/** A common password is not saved by a tail or a head this long (`matkhau123`, `!iloveyou`). */
const DECORATION = 4;

export type PasswordRefusal = 'too_short' | 'too_long' | 'breached' | 'own_data';
export type PasswordVerdict =
  { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly reason: PasswordRefusal };

const refused = (reason: PasswordRefusal): PasswordVerdict => ({ kind: 'refused', reason });

/** Case, Vietnamese marks and `đ` folded: how a guesser would type it. */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd');

/**
 * Judges a new password. Length counts characters after NFC. `common` holds folded passwords; `ownWords` the person's data
 * as it stands. An old password is never judged again: a stricter rule must not lock anybody out.
 */
export function judgePassword(
  password: string,
  ownWords: readonly string[],
  common: ReadonlySet<string>,
): PasswordVerdict {
  const length = Array.from(password.normalize('NFC')).length;
  if (length < PASSWORD_LENGTH.min) return refused('too_short');
  if (length > PASSWORD_LENGTH.max) return refused('too_long');
  const plain = folded(password);
  if (isCommon(plain, common)) return refused('breached');
  if (isOwn(plain, ownWords.flatMap(variantsOf))) return refused('own_data');
  return { kind: 'accepted' };
}

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const unleet = (text: string): string => text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);

function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const bare = plain.replace(/[\s._-]/g, '');
  const core = bare.replace(/^[^a-z]+|[^a-z]+$/g, '');
  const candidates = [
    plain,
    bare,
    unleet(bare),
    ...(bare.length - core.length <= DECORATION ? [core, unleet(core)] : []),
  ];
  return candidates.some((candidate) => common.has(candidate)) || isRepetition(bare) || isRun(bare);
}

/** One piece of up to four characters over and over: `aaaaaaaa`, `123123123`. */
const isRepetition = (text: string): boolean => /^(.{1,4})\1+.{0,3}$/su.test(text) && new Set(text).size <= 4;

/** Every character the neighbour of the one before, up or down: `abcdefgh`, `98765432`. */
function isRun(text: string): boolean {
  const codes = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, i) => code - (codes[i] ?? 0));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

/** How a person writes own data into a password: number, phone with 0 or without, the date in its usual orders, names. */
export function variantsOf(word: string): string[] {
  const plain = folded(word).trim();
  const date = /^(\d{4})(?:-(\d{2})-(\d{2}))?$/.exec(plain);
  if (date) {
    const [, year = '', month, day] = date;
    if (!month || !day) return [year];
    const short = year.slice(2);
    return [day + month + year, year + month + day, month + day + year, day + month + short, short + month + day, year];
  }
  if (plain.startsWith('+84')) return [plain.slice(1), `0${plain.slice(3)}`, plain.slice(3)];
  if (/^\d+$/.test(plain)) return [plain, plain.slice(-6)];
  const parts = plain.split(/[^a-z0-9]+/).filter((part) => part.length > 1);
  return [parts.join(''), parts.map((part) => part[0]).join(''), ...parts];
}

const isTelling = (word: string): boolean => word.length >= (/^\d+$/.test(word) ? TELLING_DIGITS : TELLING_LETTERS);

function isOwn(plain: string, variants: readonly string[]): boolean {
  const bare = plain.replace(/[^\p{L}\p{N}]/gu, '');
  const words = [...new Set(variants)].filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
  if (words.some((word) => isTelling(word) && bare.includes(word))) return true;
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), bare);
  return rest.length < bare.length && rest.length < OWN_REMAINDER;
}
