import { generateSecret, generateURI, verifySync } from 'otplib';
import { Sealed } from '../../kernel/sealed.ts';

/** RFC 6238 as every app speaks it: SHA-1, six digits, 30 s; one step of skew either way (OWASP ASVS 5.0, 6.5). */
const TOTP = { strategy: 'totp', algorithm: 'sha1', digits: 6, period: 30 } as const;
const SKEW_SECONDS = TOTP.period;
/** RFC 4226 asks for 160 bits. */
const SECRET_BYTES = 20;

/** A new shared secret, as base32. */
export const newTotpSecret = (): Sealed<string> => new Sealed(generateSecret({ length: SECRET_BYTES }));

/** The time step whose code this is, now or one step off; undefined for any other text. */
export function stepOfCode(secret: Sealed<string>, code: Sealed<string>, nowSeconds: number): number | undefined {
  const token = code.reveal().normalize('NFKC').replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const result = verifySync({
    ...TOTP,
    secret: secret.reveal(),
    token,
    epoch: nowSeconds,
    epochTolerance: SKEW_SECONDS,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}

/** What the app's camera reads: `otpauth://totp/…`, with the secret in it. */
export const totpUri = (secret: Sealed<string>, issuer: string, label: string): Sealed<string> =>
  new Sealed(generateURI({ ...TOTP, issuer, label, secret: secret.reveal() }));

/** What a TOTP secret is sealed with, so that it opens in its own row only. */
export const totpContext = (subject: string): string => `totp:${subject}`;
