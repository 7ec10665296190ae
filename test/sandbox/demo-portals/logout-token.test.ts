import { generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readLogoutToken } from '../../../src/sandbox/demo-portals/logout-token.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const NOW = 1_800_000_000;
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = (key: KeyObject, kid: string): JsonWebKey => ({ ...key.export({ format: 'jwk' }), kid });
const expected = {
  issuer: 'http://localhost:3000',
  clientId: 'dich-vu-cong',
  keys: [jwk(pair.publicKey, 'k1'), jwk(other.publicKey, 'k2')],
  nowSeconds: NOW,
};
const HEADER = { alg: 'ES256', kid: 'k1', typ: 'logout+jwt' };
const CLAIMS = {
  iss: expected.issuer,
  aud: expected.clientId,
  iat: NOW,
  exp: NOW + 120,
  jti: 'one',
  sub: 'person',
  sid: 'session',
  events: { [EVENT]: {} },
};
const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');
function token(header: object = HEADER, claims: object = CLAIMS, key = pair.privateKey): string {
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

test('says whose sessions end', () => {
  expect(readLogoutToken(token(), expected)).toEqual({ sub: 'person', sid: 'session', jti: 'one' });
  const forAll = token({ alg: 'ES256', kid: 'k1' }, { ...CLAIMS, sid: undefined, aud: ['x', expected.clientId] });
  expect(readLogoutToken(forAll, expected)).toEqual({ sub: 'person', sid: undefined, jti: 'one' });
});

test.each<[string, string]>([
  ['nothing', ''],
  ['no token', 'a.b.c'],
  ['no signature', token().replace(/[^.]+$/, '')],
  ['alg none', `${part({ ...HEADER, alg: 'none' })}.${part(CLAIMS)}.`],
  ['another algorithm in the head', token({ ...HEADER, alg: 'HS256' })],
  ['another key', token(HEADER, CLAIMS, other.privateKey)],
  ['another key, named as ours', token({ ...HEADER, kid: 'k2' })],
  ['an unknown key', token({ ...HEADER, kid: 'k9' })],
  ['a key of its own', token({ ...HEADER, kid: 'k9', jwk: jwk(other.publicKey, 'k9') }, CLAIMS, other.privateKey)],
  ['an ID token', token({ ...HEADER, typ: 'JWT' })],
  ['a nonce', token(HEADER, { ...CLAIMS, nonce: 'n' })],
  ['another issuer', token(HEADER, { ...CLAIMS, iss: 'http://localhost:9' })],
  ['another portal', token(HEADER, { ...CLAIMS, aud: 'dat-dai' })],
  ['no event', token(HEADER, { ...CLAIMS, events: {} })],
  ['an event of no object', token(HEADER, { ...CLAIMS, events: EVENT })],
  ['expired', token(HEADER, { ...CLAIMS, exp: NOW - 61 })],
  ['no end', token(HEADER, { ...CLAIMS, exp: undefined })],
  ['long ago', token(HEADER, { ...CLAIMS, iat: NOW - 3600 })],
  ['nobody', token(HEADER, { ...CLAIMS, sub: undefined, sid: undefined })],
  ['no id', token(HEADER, { ...CLAIMS, jti: undefined })],
  ['more parts', `${token()}.x`],
])('refuses %s', (_, text) => {
  expect(readLogoutToken(text, expected)).toBeUndefined();
});

test('refuses a token whose words were changed after signing', () => {
  const [head, , signature] = token().split('.');
  const changed = `${head}.${part({ ...CLAIMS, sub: 'another' })}.${signature}`;
  expect(readLogoutToken(changed, expected)).toBeUndefined();
});
