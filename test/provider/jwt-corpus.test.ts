import { createHash, createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { assertion, assertionClaims, ASSERTION_TYPE, dpopKey, dpopProof } from './support/assertions.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  claimsOf,
  jws,
  nowSeconds,
  post,
  redeem,
  signIn,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const rp = await addPortal(db, { id: 'signer', metadata: { token_endpoint_auth_method: 'private_key_jwt' } });
const other = await addPortal(db, { id: 'other-signer', metadata: { token_endpoint_auth_method: 'private_key_jwt' } });
const secretRp = await addPortal(db, { id: 'secret' });
const subject = await addPerson(db);
await allow(db, subject, secretRp.portal);

const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const attackerJwk = attacker.publicKey.export({ format: 'jwk' });
const registered = (rp.portal.metadata['jwks'] as { keys: Record<string, string>[] }).keys[0] ?? {};

const send = (form: Record<string, string>) =>
  post(`${issuer}/token/introspection`, { token: 'x'.repeat(43), ...form });
const raw = (client_assertion: string) => ({
  client_id: rp.id,
  client_assertion_type: ASSERTION_TYPE,
  client_assertion,
});
const good = (changes: Record<string, unknown> = {}) => assertionClaims(rp, issuer, changes);
const hs256 = (claims: object, secret: string | Buffer, header: object = {}) => {
  const input = [{ alg: 'HS256', ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};

test('a good client assertion is taken', async () => {
  expect((await send(assertion(rp, issuer))).status).toBe(200);
});

const far = 10 * 365 * 86_400;
const ASSERTIONS: [string, () => Record<string, string>][] = [
  ['alg none', () => raw(jws({ alg: 'none' }, good()))],
  ['alg None', () => raw(jws({ alg: 'None' }, good()))],
  ['alg none with the old signature', () => raw(jws({ alg: 'none', kid: 'k1' }, good(), rp.key))],
  ['no signature', () => raw(jws({ alg: 'ES256', kid: 'k1' }, good()))],
  ['HS256 with the public key as secret', () => raw(hs256(good(), JSON.stringify(registered), { kid: 'k1' }))],
  ['HS256 with the stored hash as secret', () => raw(hs256(good(), String(rp.portal.metadata['client_secret'])))],
  ['HS256 with the secret', () => raw(hs256(good(), rp.secret))],
  ['RS256 in name', () => raw(jws({ alg: 'RS256', kid: 'k1' }, good(), rp.key))],
  ['a key in the header', () => raw(jws({ alg: 'ES256', jwk: attackerJwk }, good(), attacker.privateKey))],
  [
    'a key address in the header',
    () => raw(jws({ alg: 'ES256', kid: 'k1', jku: 'https://evil.example/jwks' }, good(), attacker.privateKey)),
  ],
  ['an unknown critical header', () => raw(jws({ alg: 'ES256', kid: 'k1', crit: ['x'], x: 1 }, good(), rp.key))],
  ['another portal’s key', () => raw(jws({ alg: 'ES256', kid: 'k1' }, good(), other.key))],
  ['no exp', () => assertion(rp, issuer, { exp: undefined })],
  ['exp in the past', () => assertion(rp, issuer, { exp: nowSeconds() - 60 })],
  ['exp in ten years', () => assertion(rp, issuer, { exp: nowSeconds() + far })],
  ['exp as text', () => assertion(rp, issuer, { exp: String(nowSeconds() + 60) })],
  ['no iat', () => assertion(rp, issuer, { iat: undefined })],
  ['iat in the future', () => assertion(rp, issuer, { iat: nowSeconds() + 3_600 })],
  ['nbf in the future', () => assertion(rp, issuer, { nbf: nowSeconds() + 3_600 })],
  ['no aud', () => assertion(rp, issuer, { aud: undefined })],
  ['aud of somebody else', () => assertion(rp, issuer, { aud: 'https://evil.example' })],
  ['aud that starts like us', () => assertion(rp, issuer, { aud: `${issuer}.evil.example` })],
  ['several audiences', () => assertion(rp, issuer, { aud: [issuer, 'https://evil.example'] })],
  ['the token endpoint as aud', () => assertion(rp, issuer, { aud: `${issuer}/token` })],
  ['no jti', () => assertion(rp, issuer, { jti: undefined })],
  ['another iss', () => assertion(rp, issuer, { iss: other.id })],
  ['another sub', () => assertion(rp, issuer, { sub: other.id })],
  ['another client_id beside it', () => ({ ...assertion(rp, issuer), client_id: other.id })],
  [
    'another kind of assertion',
    () => ({
      ...assertion(rp, issuer),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer',
    }),
  ],
  ['a secret beside it', () => ({ ...assertion(rp, issuer), client_secret: rp.secret })],
  ['a secret in its place', () => ({ client_id: rp.id, client_secret: rp.secret })],
  ['something that is no JWT', () => raw('x.y.z')],
  ['five parts', () => raw('a.b.c.d.e')],
  ['nothing', () => ({ client_id: rp.id })],
];
test.each(ASSERTIONS)('a client assertion with %s is refused', async (_name, form) => {
  const answer = await send(form());
  expect([400, 401]).toContain(answer.status);
  expect(['invalid_client', 'invalid_request']).toContain(answer.body['error']);
});

test('a portal with a secret is not let in by an assertion, nor by the other way of its secret', async () => {
  expect((await send(assertion(secretRp, issuer))).status).toBe(401);
});

test.each([
  [
    'of nobody',
    () =>
      jws({ alg: 'ES256', kid: 'k1' }, { iss: issuer, aud: 'secret', sub: 'x', exp: 0, iat: 0 }, attacker.privateKey),
  ],
  ['unsigned', () => jws({ alg: 'none' }, { iss: issuer, aud: 'secret', sub: 'x', exp: 0, iat: 0 })],
  ['that is no JWT', () => 'abc'],
])('an ID token hint %s is refused at sign-in and at sign-out', async (_name, hint) => {
  const back = (await new Browser(issuer).follow(authorizationRequest(issuer, secretRp, { id_token_hint: hint() }).url))
    .url;
  expect(back.searchParams.get('error')).toBe('invalid_request');
  const out = await new Browser(issuer).go(`/session/end?${new URLSearchParams({ id_token_hint: hint() }).toString()}`);
  expect(out.status).toBe(400);
});

test('an ID token for one portal is no hint for another', async () => {
  const request = authorizationRequest(issuer, secretRp);
  const back = await signIn(new Browser(issuer), request, subject);
  const idToken = (await redeem(issuer, secretRp, back.searchParams.get('code') ?? '', request.verifier)).body[
    'id_token'
  ];
  const { url } = await new Browser(issuer).follow(authorizationRequest(issuer, rp, { id_token_hint: idToken }).url);
  expect(url.searchParams.get('error')).toBe('invalid_request');
  const params = new URLSearchParams({ id_token_hint: idToken, client_id: rp.id });
  expect((await new Browser(issuer).go(`/session/end?${params.toString()}`)).status).toBe(400);
  expect(claimsOf(idToken)['aud']).toBe(secretRp.id);
});

test('DPoP proofs for another address, method, token, key or algorithm are refused', async () => {
  const pair = dpopKey();
  const nonceOf = async () => {
    const answer = await redeem(
      issuer,
      secretRp,
      'x'.repeat(43),
      'v'.repeat(43),
      {},
      { dpop: dpopProof(pair, `${issuer}/token`, 'POST') },
    );
    return answer.headers.get('dpop-nonce') ?? '';
  };
  const nonce = await nonceOf();
  const claims = { htu: `${issuer}/token`, htm: 'POST', jti: randomUUID(), iat: nowSeconds(), nonce };
  const bad = [
    dpopProof(pair, `${issuer}/me`, 'POST', { nonce }),
    dpopProof(pair, 'https://evil.example/token', 'POST', { nonce }),
    dpopProof(pair, `${issuer}/token`, 'GET', { nonce }),
    dpopProof(pair, `${issuer}/token`, 'POST', { nonce: 'made up' }),
    jws({ alg: 'none', typ: 'dpop+jwt', jwk: pair.jwk }, claims),
    jws({ alg: 'ES256', typ: 'JWT', jwk: pair.jwk }, claims, pair.key),
    jws({ alg: 'ES256', typ: 'dpop+jwt', jwk: attackerJwk }, claims, pair.key),
    jws({ alg: 'ES256', typ: 'dpop+jwt', jwk: pair.key.export({ format: 'jwk' }) }, claims, pair.key),
    jws({ alg: 'ES256', typ: 'dpop+jwt' }, claims, pair.key),
  ];
  for (const dpop of bad) {
    const request = authorizationRequest(issuer, secretRp);
    const back = await signIn(new Browser(issuer), request, subject);
    const answer = await redeem(issuer, secretRp, back.searchParams.get('code') ?? '', request.verifier, {}, { dpop });
    expect(answer.status).toBe(400);
    expect(['invalid_dpop_proof', 'use_dpop_nonce']).toContain(answer.body['error']);
  }
});

test('a made-up token opens nothing', async () => {
  const hash = createHash('sha256').update('x').digest('base64url');
  for (const token of [hash, 'a.b.c', '', '../x', 'x'.repeat(5_000), hash.toUpperCase()]) {
    const answer = await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } });
    expect([400, 401]).toContain(answer.status);
  }
});
