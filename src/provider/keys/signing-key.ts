import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';

/** `next` is published and waits, `current` signs, `previous` signs no more but what it signed is still verified. */
export type SigningKeyState = 'next' | 'current' | 'previous';

export interface SigningKey {
  readonly state: SigningKeyState;
  /** When verifiers could first see it. */
  readonly publishedAt: Date;
  /** Only `previous`: from then on it is published no more. */
  readonly keptUntil?: Date;
  /** Private key with its RFC 7638 thumbprint as kid. */
  readonly jwk: SigningJwk;
}

export interface SigningJwk extends JsonWebKey {
  readonly kid: string;
  readonly alg: 'ES256' | 'RS256';
  readonly use: 'sig';
}

/** RFC 7638: the SHA-256 of the required members of an EC or RSA key in lexical order. */
export const thumbprint = ({ crv, e, kty, n, x, y }: JsonWebKey): string =>
  createHash('sha256')
    .update(JSON.stringify(kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y }))
    .digest('base64url');

/** A new P-256 key, published from `now` on. */
export function generateSigningKey(state: SigningKeyState, now: Date): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  return { state, publishedAt: now, jwk: { ...jwk, kid: thumbprint(jwk), alg: 'ES256', use: 'sig' } };
}
