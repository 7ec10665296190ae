import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** `byteLength` bytes from the system's generator. */
export const randomBuffer = (byteLength: number): Buffer => randomBytes(byteLength);

/** `byteLength` bytes from the system's generator, as base64url. */
export const randomToken = (byteLength: number): string => randomBytes(byteLength).toString('base64url');

/** A version 4 UUID. */
export const randomId = (): string => randomUUID();

/** `length` decimal digits, each code equally likely (NIST SP 800-63B-4, 3.1.3: at least six digits). */
export const randomDigits = (length: number): string => String(randomInt(10 ** length)).padStart(length, '0');
