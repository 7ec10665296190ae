import { createPrivateKey, sign } from 'node:crypto';
import { readSigningKeys } from './key-folder.ts';

/**
 * A JWS over `payload` with the current signing key, without the payload in it (RFC 7515 appendix F): `header..signature`.
 * Whoever has the payload verifies it with the published key set. Throws when there is no key that signs.
 */
export function signDetached(dir: string, payload: string, type: string): string {
  const current = readSigningKeys(dir).find(({ state }) => state === 'current');
  if (current?.jwk.alg !== 'ES256') throw new Error('no current signing key');
  const { kid, alg } = current.jwk;
  const header = Buffer.from(JSON.stringify({ alg, kid, typ: type })).toString('base64url');
  const input = `${header}.${Buffer.from(payload).toString('base64url')}`;
  // RFC 7518 3.4: r and s one after the other, not DER
  const key = { key: createPrivateKey({ format: 'jwk', key: current.jwk }), dsaEncoding: 'ieee-p1363' as const };
  return `${header}..${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}
