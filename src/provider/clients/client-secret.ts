import { createHash, timingSafeEqual } from 'node:crypto';
import { randomToken } from '../../kernel/random.ts';
import { Sealed } from '../../kernel/sealed.ts';

const PREFIX = 's256$';
const SECRET_BYTES = 32;

/** A secret for a portal. It is shown once; we keep its hash. */
export const generateClientSecret = (): Sealed<string> => new Sealed(randomToken(SECRET_BYTES));

/**
 * What is kept of a portal's secret. SHA-256 without a salt is enough for 256 random bits, and only for those: secrets are
 * made by generateClientSecret, never chosen by people.
 */
export const hashClientSecret = (secret: Sealed<string>): string =>
  PREFIX + createHash('sha256').update(secret.reveal()).digest('base64url');

export const isHashedSecret = (text: unknown): boolean => typeof text === 'string' && /^s256\$[\w-]{43}$/.test(text);

/** Whether `presented` is the secret behind the stored hash; compared in constant time. */
export function matchesClientSecret(stored: string, presented: Sealed<string>): boolean {
  const [a, b] = [Buffer.from(stored), Buffer.from(hashClientSecret(presented))];
  return a.length === b.length && timingSafeEqual(a, b);
}
