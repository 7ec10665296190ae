import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';

/** A JWK set as /jwks publishes it. */
export interface PublishedKeys {
  readonly keys: readonly (JsonWebKey & { readonly kid?: string; readonly alg?: string })[];
}

/** The id of the key of `keys` that made this detached JWS over `payload`, of exactly this type; undefined when none did. */
export function verifyDetached(
  { keys }: PublishedKeys,
  jws: string,
  payload: string,
  type: string,
): string | undefined {
  const [header = '', between, signature = '', ...more] = jws.split('.');
  if (between !== '' || more.length > 0) return undefined;
  const { alg, kid, typ } = readHeader(header);
  const key = keys.find((one) => one.kid !== undefined && one.kid === kid && (one.alg ?? 'ES256') === 'ES256');
  if (!key || alg !== 'ES256' || typ !== type) return undefined;
  const input = Buffer.from(`${header}.${Buffer.from(payload).toString('base64url')}`);
  const by = { key: createPublicKey({ format: 'jwk', key }), dsaEncoding: 'ieee-p1363' as const };
  return verify('sha256', input, by, Buffer.from(signature, 'base64url')) ? key.kid : undefined;
}

function readHeader(header: string): { alg?: unknown; kid?: unknown; typ?: unknown } {
  try {
    const read: unknown = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}
