import { hmac, type Keyring } from './keyring.ts';

export interface KeyedHash {
  readonly version: number;
  readonly hash: Buffer;
}

/** The hash under the current key: for writing. */
export function keyedHash(keyring: Pick<Keyring, 'hashing'>, purpose: string, text: string): KeyedHash {
  const version = keyring.hashing.current;
  return { version, hash: hmac(keyring.hashing, version, purpose, text) };
}

/** The hashes under every key still accepted, current first: for finding what an older key wrote. */
export function keyedHashes(keyring: Pick<Keyring, 'hashing'>, purpose: string, text: string): KeyedHash[] {
  const versions = [...keyring.hashing.byVersion.keys()].sort((a, b) => b - a);
  return versions.map((version) => ({ version, hash: hmac(keyring.hashing, version, purpose, text) }));
}
