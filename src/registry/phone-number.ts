import type { Brand } from '../kernel/brand.ts';
import { Sealed } from '../kernel/sealed.ts';

/** A Vietnamese mobile number in E.164 (`+84…`), sealed. */
export type PhoneNumber = Brand<Sealed<string>, 'PhoneNumber'>;

/**
 * Typed text to a mobile number: `0`, `84`, `+84` or `0084` first, blanks, dots and hyphens forgiven. Only the shape
 * `[35789]\d{8}` is checked, since prefixes grow; a landline (`02…`) cannot take a code and is refused.
 */
export function parsePhoneNumber(text: string): PhoneNumber | undefined {
  const digits = text.normalize('NFKC').replace(/[\s.()-]/g, '');
  const found = /^(?:\+84|0084|84|0)([35789]\d{8})$/.exec(digits);
  return found ? (new Sealed(`+84${found[1]}`) as PhoneNumber) : undefined;
}

/** The last three digits, for saying where a code went: `••• ••• 678`. */
export const maskPhoneNumber = (phone: PhoneNumber): string => `••• ••• ${phone.reveal().slice(-3)}`;
