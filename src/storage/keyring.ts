import { createHmac } from 'node:crypto';
import type { Sealed } from '../kernel/sealed.ts';

/**
 * The keys that guard data at rest. New values use the current key; old ones stay readable by their id, so that a
 * rotation needs no downtime. Signing keys are not here: they belong to provider/.
 */
export interface Keyring {
  /** AES-256 keys of personal data and authenticator secrets, by id (1 to 255). */
  readonly sealing: VersionedKeys;
  /** Keys of the hashes by which numbers and phones are found. */
  readonly hashing: VersionedKeys;
  /** Password peppers (NIST SP 800-63B-4, 3.1.1.2: a keyed hash with a key held apart). */
  readonly peppers: VersionedKeys;
}

export interface VersionedKeys {
  readonly current: number;
  readonly byVersion: ReadonlyMap<number, Sealed<Buffer>>;
}

/** The key of `version`; a missing one is a defect of the deployment: the data would be lost. */
export function getKey(keys: VersionedKeys, version: number): Buffer {
  const key = keys.byVersion.get(version);
  if (!key) throw new Error(`key version ${version} is missing from the keyring`);
  return key.reveal();
}

/** HMAC-SHA-256 of `text` under one version, with the purpose in the input so that hashes of two uses never meet. */
export function hmac(keys: VersionedKeys, version: number, purpose: string, text: string): Buffer {
  return createHmac('sha256', getKey(keys, version)).update(`${purpose}\0${text}`).digest();
}
