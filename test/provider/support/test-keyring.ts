import { Sealed } from '../../../src/kernel/sealed.ts';
import type { Keyring } from '../../../src/storage/keyring.ts';

/** The same keys in every process of a test. */
export function testKeyring(): Keyring {
  const keys = (fill: number) => ({ current: 1, byVersion: new Map([[1, new Sealed(Buffer.alloc(32, fill))]]) });
  return { sealing: keys(1), hashing: keys(2), peppers: keys(3) };
}
