import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { jws, nowSeconds, type TestPortal } from './relying-party.ts';

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The claims of a good client assertion; `undefined` takes one out. */
export function assertionClaims(rp: TestPortal, issuer: string, changes: Record<string, unknown> = {}) {
  const claims: Record<string, unknown> = {
    iss: rp.id,
    sub: rp.id,
    aud: issuer,
    jti: randomUUID(),
    iat: nowSeconds(),
    exp: nowSeconds() + 60,
    ...changes,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

export const assertion = (
  rp: TestPortal,
  issuer: string,
  changes: Record<string, unknown> = {},
  header: object = {},
) => ({
  client_id: rp.id,
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: jws({ alg: 'ES256', kid: 'k1', ...header }, assertionClaims(rp, issuer, changes), rp.key),
});

export function dpopKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { key: privateKey, jwk: publicKey.export({ format: 'jwk' }) };
}

/** A DPoP proof (RFC 9449) for one request. */
export const dpopProof = (
  { key, jwk }: { key: KeyObject; jwk: object },
  htu: string,
  htm: string,
  options: { nonce?: string; accessToken?: string; jti?: string } = {},
) =>
  jws(
    { alg: 'ES256', typ: 'dpop+jwt', jwk },
    {
      htu,
      htm,
      jti: options.jti ?? randomUUID(),
      iat: nowSeconds(),
      ...(options.nonce !== undefined && { nonce: options.nonce }),
      ...(options.accessToken !== undefined && {
        ath: createHash('sha256').update(options.accessToken).digest('base64url'),
      }),
    },
    key,
  );
