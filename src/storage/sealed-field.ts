import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomBuffer } from '../kernel/random.ts';
import { getKey, type Keyring } from './keyring.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

/**
 * AES-256-GCM under the current key: key id, IV, tag, ciphertext. `context` (such as `account:<id>`) is authenticated
 * with it, so that a value moved to another row does not open.
 */
export function sealField(keyring: Pick<Keyring, 'sealing'>, plaintext: string, context: string): Buffer {
  const iv = randomBuffer(IV_BYTES);
  const { current } = keyring.sealing;
  const cipher = createCipheriv('aes-256-gcm', getKey(keyring.sealing, current), iv);
  cipher.setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(current), iv, cipher.getAuthTag(), body]);
}

/** The plaintext of a sealed value. Throws when it was altered, moved to another context, or its key is missing. */
export function openField(keyring: Pick<Keyring, 'sealing'>, sealed: Buffer, context: string): string {
  const version = sealed[0] ?? 0;
  const decipher = createDecipheriv('aes-256-gcm', getKey(keyring.sealing, version), sealed.subarray(1, 1 + IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(1 + IV_BYTES, HEADER_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]).toString('utf8');
}
