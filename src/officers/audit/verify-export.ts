import { createHash } from 'node:crypto';
import { verifyDetached, type PublishedKeys } from '../../provider/keys/verify-detached.ts';
import { parseSeal } from './export-file.ts';
import { SEAL_TYPE } from './export-trail.ts';

export type ExportVerdict =
  | { readonly kind: 'genuine'; readonly digest: string; readonly kid: string }
  /** There is no seal at its end. */
  | { readonly kind: 'unsealed' }
  /** The bytes are not those that the seal names. */
  | { readonly kind: 'changed' }
  /** The seal is not of a key in `keys`. */
  | { readonly kind: 'not_ours' };

/** Whether an exported file is, byte for byte, what the holder of one of `keys` (a JWK set) sealed. */
export function verifyExport(file: Buffer, keys: PublishedKeys): ExportVerdict {
  const end = file.lastIndexOf('\n', -2) + 1;
  const seal = parseSeal(file.subarray(end).toString('utf8'));
  if (!seal) return { kind: 'unsealed' };
  const digest = createHash('sha256').update(file.subarray(0, end)).digest('hex');
  if (digest !== seal.digest) return { kind: 'changed' };
  const kid = verifyDetached(keys, seal.jws, digest, SEAL_TYPE);
  return kid === undefined ? { kind: 'not_ours' } : { kind: 'genuine', digest, kid };
}
