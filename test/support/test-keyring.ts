import { randomBytes } from 'node:crypto';
import { Sealed } from '../../src/kernel/sealed.ts';
import type { Keyring, VersionedKeys } from '../../src/storage/keyring.ts';

const keys = (count: number): VersionedKeys => ({
  current: count,
  byVersion: new Map(Array.from({ length: count }, (_, i) => [i + 1, new Sealed(randomBytes(32))])),
});

/** Random keys of every kind, one version each. */
export const testKeyring = (): Keyring => ({ sealing: keys(1), hashing: keys(1), peppers: keys(1) });

/** The same keys with a newer one in front. */
export function rotated(old: VersionedKeys): VersionedKeys {
  const current = old.current + 1;
  return { current, byVersion: new Map([...old.byVersion, [current, new Sealed(randomBytes(32))]]) };
}
