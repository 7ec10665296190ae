import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';

/** Whose sessions end: one session of the provider, or all of a person. */
export interface LogoutNotice {
  readonly sub: string | undefined;
  readonly sid: string | undefined;
  readonly jti: string;
}

export interface LogoutExpectations {
  readonly issuer: string;
  readonly clientId: string;
  readonly keys: readonly JsonWebKey[];
  readonly nowSeconds: number;
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const SKEW_SECONDS = 60;
const LONGEST_LIFE_SECONDS = 10 * 60;

type Json = Readonly<Record<string, unknown>>;
const decode = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What a logout token says, once it is known to be one for us (OpenID Connect Back-Channel Logout 1.0, 2.6); else undefined. */
export function readLogoutToken(token: string, expected: LogoutExpectations): LogoutNotice | undefined {
  try {
    const [head = '', body = '', signature = '', ...more] = token.split('.');
    const header = decode(head);
    const key = expected.keys.find((jwk) => (jwk as { kid?: string }).kid === header['kid'] && jwk.crv === 'P-256');
    // The algorithm is ours to choose, not the token's.
    if (more.length > 0 || header['alg'] !== 'ES256' || !key) return undefined;
    if (header['typ'] !== undefined && header['typ'] !== 'logout+jwt') return undefined;
    const publicKey = { key: createPublicKey({ format: 'jwk', key }), dsaEncoding: 'ieee-p1363' } as const;
    const isSigned = verify('sha256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url'));
    return isSigned ? noticeOf(decode(body), expected) : undefined;
  } catch {
    return undefined; // not a token at all
  }
}

function noticeOf(claims: Json, { issuer, clientId, nowSeconds }: LogoutExpectations): LogoutNotice | undefined {
  const { iss, aud, iat, exp, events, nonce } = claims;
  const isForUs = iss === issuer && (Array.isArray(aud) ? aud.includes(clientId) : aud === clientId);
  const isFresh =
    typeof iat === 'number' &&
    Math.abs(nowSeconds - iat) <= LONGEST_LIFE_SECONDS &&
    typeof exp === 'number' &&
    nowSeconds < exp + SKEW_SECONDS;
  const isLogout = typeof events === 'object' && events !== null && EVENT in events;
  // A nonce would make it an ID token, which is no logout token.
  if (!isForUs || !isFresh || !isLogout || nonce !== undefined) return undefined;
  const [sub, sid, jti] = [textOf(claims['sub']), textOf(claims['sid']), textOf(claims['jti'])];
  return jti !== undefined && (sub ?? sid) !== undefined ? { sub, sid, jti } : undefined;
}
