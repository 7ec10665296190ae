import type { IdentifierKey } from '../kernel/ids.ts';
import type { NationalId } from '../registry/national-id.ts';
import { keyedHash, keyedHashes, type KeyedHash } from '../storage/keyed-hash.ts';
import type { Keyring } from '../storage/keyring.ts';

type Hashing = Pick<Keyring, 'hashing'>;

/** Counts tries and finds limits by the number typed, known or not, without holding it. */
export const identifierKeyOf = (keyring: Hashing, nationalId: NationalId): IdentifierKey =>
  keyedHash(keyring, 'attempts', nationalId.reveal()).hash.toString('base64url') as IdentifierKey;

export const numberHash = (keyring: Hashing, nationalId: string): KeyedHash =>
  keyedHash(keyring, 'national-id', nationalId);
export const numberHashes = (keyring: Hashing, nationalId: string): KeyedHash[] =>
  keyedHashes(keyring, 'national-id', nationalId);
export const phoneHash = (keyring: Hashing, phone: string): KeyedHash => keyedHash(keyring, 'phone', phone);
export const phoneHashes = (keyring: Hashing, phone: string): KeyedHash[] => keyedHashes(keyring, 'phone', phone);
