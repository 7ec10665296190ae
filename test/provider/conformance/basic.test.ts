/** Module by module what oidcc-basic-certification-test-plan does to a provider (docs/conformance.md). */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { freshCache } from '../../support/fresh-cache.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { Browser } from '../support/browser.ts';
import {
  addPerson,
  claimsOf,
  finish,
  headerOf,
  nowSeconds,
  PASSKEY,
  signIn,
  type Json,
} from '../support/relying-party.ts';
import { startProvider } from '../support/start-provider.ts';
import {
  addTester,
  allowEverything,
  askToken,
  CALLBACK,
  flow,
  redeemCode,
  register,
  rsaKey,
  testerRequest,
  userinfo,
  verifies,
} from '../support/tester.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl, sandbox: true });
const jwks = { keys: [rsaKey().publicJwk] };
const subject = await addPerson(db, {
  personal: {
    phone: '+84901234567',
    email: 'thu@example.vn',
    address: { detail: '1 Trần Phú', ward: 'Phường Ba Đình', province: 'Hà Nội' },
  },
});
async function addAllowed(changes: Record<string, unknown> = {}) {
  const added = await addTester(issuer, { jwks, ...changes });
  await allowEverything(db, subject, added);
  return added;
}
const tester = await addAllowed();

const idTokenHolds = async (idToken: string, nonce: string | undefined) => {
  const claims = claimsOf(idToken);
  expect(claims).toMatchObject({ iss: issuer, aud: tester.id });
  expect(claims['sub']).toMatch(/^[\w-]{1,255}$/);
  expect(claims['nonce']).toBe(nonce);
  expect(claims['iat']).toBeLessThanOrEqual(nowSeconds());
  expect(claims['exp']).toBeGreaterThan(nowSeconds());
  expect(headerOf(idToken)['kid']).toBeDefined();
  expect(await verifies(issuer, idToken)).toBe(true);
};

test('oidcc-server', async () => {
  const { request, back, code, token, idToken, claims, accessToken } = await flow(issuer, tester, subject);
  expect(`${back.origin}${back.pathname}`).toBe(CALLBACK);
  expect([...back.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
  expect(back.searchParams.get('state')).toBe(request.state);
  expect(back.searchParams.get('iss')).toBe(issuer);
  expect(code.length).toBeGreaterThan(20); // 128 bits at least (RFC 6749, 10.10)
  expect(token.status).toBe(200);
  expect(token.body).toMatchObject({ token_type: 'Bearer', expires_in: 180, scope: 'openid' });
  expect(token.headers.get('cache-control')).toContain('no-store');
  await idTokenHolds(idToken, request.nonce);
  if (claims['at_hash'] !== undefined) {
    const half = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
    expect(claims['at_hash']).toBe(half);
  }
  expect(claims).not.toHaveProperty('name');
  expect((await userinfo(issuer, accessToken)).status).toBe(200);
});

test('oidcc-response-type-missing', async () => {
  const request = testerRequest(issuer, tester, { response_type: undefined });
  const { url } = await new Browser(issuer).follow(request.url);
  expect(url.origin + url.pathname).toBe(CALLBACK);
  expect(url.searchParams.get('error')).toBe('invalid_request');
  expect(url.searchParams.get('state')).toBe(request.state);
  expect(url.searchParams.has('code')).toBe(false);
});

test('oidcc-idtoken-signature: who names no algorithm gets RS256', async () => {
  const { idToken } = await flow(issuer, tester, subject);
  expect(headerOf(idToken)).toMatchObject({ alg: 'RS256' });
  expect(await verifies(issuer, idToken)).toBe(true);
});

test('oidcc-idtoken-unsigned: not offered, and refused', async () => {
  const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Json;
  expect(discovery['id_token_signing_alg_values_supported']).not.toContain('none');
  const { status, body } = await register(issuer, { jwks, id_token_signed_response_alg: 'none' });
  expect([status, body['error']]).toEqual([400, 'invalid_client_metadata']);
});

test('oidcc-userinfo-get, -post-header, -post-body', async () => {
  const { accessToken, claims } = await flow(issuer, tester, subject, { changes: { scope: 'openid profile' } });
  const authorization = `Bearer ${accessToken}`;
  const ways: RequestInit[] = [
    { headers: { authorization } },
    { method: 'POST', headers: { authorization } },
    { method: 'POST', body: new URLSearchParams({ access_token: accessToken }) },
  ];
  for (const way of ways) {
    const answer = await fetch(`${issuer}/me`, way);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toMatchObject({ sub: claims['sub'], name: 'Nguyễn Thị Thử' });
  }
});

test('oidcc-ensure-request-without-nonce-succeeds-for-code-flow', async () => {
  const { idToken } = await flow(issuer, tester, subject, { changes: { nonce: undefined } });
  await idTokenHolds(idToken, undefined);
});

const PROFILE = ['birthdate', 'birthdate_precision', 'gender', 'name'];
const SCOPES: [string, string, string[]][] = [
  ['oidcc-scope-profile', 'openid profile', PROFILE],
  ['oidcc-scope-email', 'openid email', ['email', 'email_verified']],
  ['oidcc-scope-address', 'openid address', ['address']],
  ['oidcc-scope-phone', 'openid phone', ['phone_number', 'phone_number_verified']],
  [
    'oidcc-scope-all',
    'openid profile email address phone',
    [...PROFILE, 'email', 'email_verified', 'address', 'phone_number', 'phone_number_verified'],
  ],
  ['oidcc-alternate-happy-flow', 'email openid', ['email', 'email_verified']],
];
test.each(SCOPES)('%s: %s', async (_module, scope, expected) => {
  const { accessToken, claims } = await flow(issuer, tester, subject, { changes: { scope } });
  const person = (await (await userinfo(issuer, accessToken)).json()) as Json;
  expect(Object.keys(person).sort()).toEqual(['account_level', 'sub', ...expected].sort());
  expect(person['sub']).toBe(claims['sub']);
  for (const value of Object.values(person)) expect(value).not.toBe('');
  // there is an access token: what the scope asks for is told by userinfo (OpenID Connect Core 5.4)
  for (const name of expected) expect(claims).not.toHaveProperty(name);
});

test('oidcc-alternate-happy-flow: the order of the parameters does not matter', async () => {
  const request = testerRequest(issuer, tester);
  const reversed = new URLSearchParams([...request.params].toReversed());
  const back = await signIn(new Browser(issuer), { ...request, url: `${issuer}/auth?${reversed.toString()}` }, subject);
  expect(back.searchParams.has('code')).toBe(true);
});

const TAKEN: [string, Record<string, string>][] = [
  ['oidcc-display-page', { display: 'page' }],
  ['oidcc-display-popup', { display: 'popup' }],
  ['oidcc-ensure-request-with-unknown-parameter-succeeds', { extra: 'foobar' }],
  ['oidcc-login-hint', { login_hint: 'buffy@localhost' }],
  ['oidcc-ui-locales', { ui_locales: 'se' }],
  ['oidcc-claims-locales', { claims_locales: 'se' }],
];
test.each(TAKEN)('%s', async (_module, changes) => {
  const { request, idToken } = await flow(issuer, tester, subject, { changes });
  await idTokenHolds(idToken, request.nonce);
});

test('oidcc-ensure-request-with-acr-values-succeeds', async () => {
  const { claims } = await flow(issuer, tester, subject, { changes: { acr_values: 'LoA1 LoA2 LoA3' } });
  expect(['LoA1', 'LoA2', 'LoA3']).toContain(claims['acr']);
});

test('oidcc-prompt-login and oidcc-max-age-1: the person is asked again, and auth_time says so', async () => {
  for (const changes of [{ prompt: 'login' }, { max_age: '1' }]) {
    const browser = new Browser(issuer);
    const first = await flow(issuer, tester, subject, { browser });
    await pause(2_100);
    const request = testerRequest(issuer, tester, changes);
    const { url } = await browser.follow(request.url);
    expect(url.pathname).toMatch(/^\/interaction\//);
    const back = (await finish(browser, url, subject)).url;
    const { body } = await redeemCode(issuer, tester, back.searchParams.get('code') ?? '');
    const second = claimsOf(body['id_token']);
    expect(second['auth_time']).toBeGreaterThan(first.claims['auth_time']);
    expect(nowSeconds() - second['auth_time']).toBeLessThan(5);
  }
});

test('oidcc-prompt-none-not-logged-in: a long state comes back whole', async () => {
  const state = randomBytes(64).toString('hex');
  const { url } = await new Browser(issuer).follow(testerRequest(issuer, tester, { prompt: 'none', state }).url);
  expect(url.searchParams.get('error')).toBe('login_required');
  expect(url.searchParams.get('state')).toBe(state);
  for (const name of url.searchParams.keys()) expect(['error', 'error_description', 'state', 'iss']).toContain(name);
});

test('oidcc-prompt-none-logged-in, oidcc-max-age-10000, oidcc-id-token-hint: one sign-in, two answers', async () => {
  const browser = new Browser(issuer);
  const how = { ...PASSKEY, at: nowSeconds() - 30 };
  const first = await flow(issuer, tester, subject, { browser, how, changes: { max_age: '15000' } });
  const twice = [{ prompt: 'none' }, { max_age: '10000' }, { prompt: 'none', id_token_hint: first.idToken }];
  for (const changes of twice) {
    const { url } = await browser.follow(testerRequest(issuer, tester, changes).url);
    const { body } = await redeemCode(issuer, tester, url.searchParams.get('code') ?? '');
    const { sub, auth_time: authTime } = first.claims;
    expect(claimsOf(body['id_token'])).toMatchObject({ sub, auth_time: authTime });
  }
});

test('oidcc-codereuse and oidcc-codereuse-30seconds: refused, and the access token ends', async () => {
  for (const seconds of [0, 30]) {
    const { code, accessToken } = await flow(issuer, tester, subject);
    await fetch(`${issuer}/test/ahead?seconds=${seconds}`);
    expect((await userinfo(issuer, accessToken)).status).toBe(200);
    const again = await redeemCode(issuer, tester, code);
    expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant']);
    expect(again.headers.get('content-type')).toContain('application/json');
    expect((await userinfo(issuer, accessToken)).status).toBe(401);
    await fetch(`${issuer}/test/ahead?seconds=${-seconds}`);
  }
});

test('oidcc-ensure-registered-redirect-uri', async () => {
  const elsewhere = testerRequest(issuer, tester, { redirect_uri: `${CALLBACK}/x7Hq2mZ0pA` });
  const answer = await new Browser(issuer).go(elsewhere.url);
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  expect(await answer.text()).toContain('return_address_unknown');
});

test('oidcc-ensure-post-request-succeeds', async () => {
  const browser = new Browser(issuer);
  const request = testerRequest(issuer, tester);
  const { url } = await browser.follow('/auth', { method: 'POST', body: request.params });
  const back = (await finish(browser, url, subject)).url;
  expect(back.searchParams.get('state')).toBe(request.state);
  expect((await redeemCode(issuer, tester, back.searchParams.get('code') ?? '')).status).toBe(200);
});

test('oidcc-server-client-secret-post', async () => {
  const other = await addAllowed({ token_endpoint_auth_method: 'client_secret_post' });
  const { token, idToken } = await flow(issuer, other, subject);
  expect(token.status).toBe(200);
  expect(await verifies(issuer, idToken)).toBe(true);
});

const unsigned = (claims: object) =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;

test('oidcc-request-uri-unsigned-… and oidcc-unsigned-request-object-…: rejected as unsupported', async () => {
  const uri = 'https://suite.example:8443/test/a/eid/requesturi/x#y';
  const { body } = await register(issuer, { jwks, request_uris: [uri] });
  const other = { ...tester, id: body['client_id'] as string };
  const refused: [Record<string, string>, string][] = [
    [{ request_uri: uri }, 'request_uri_not_supported'],
    [{ request: unsigned({ client_id: other.id, redirect_uri: CALLBACK }) }, 'request_not_supported'],
  ];
  for (const [changes, error] of refused) {
    const request = testerRequest(issuer, other, { state: undefined, nonce: undefined, ...changes });
    const { url } = await new Browser(issuer).follow(request.url);
    expect([`${url.origin}${url.pathname}`, url.searchParams.get('error')]).toEqual([CALLBACK, error]);
  }
});

test('oidcc-claims-essential: the name by userinfo, not by ID token', async () => {
  const claims = JSON.stringify({ userinfo: { name: { essential: true } } });
  const { accessToken, claims: idClaims } = await flow(issuer, tester, subject, { changes: { claims } });
  expect(await (await userinfo(issuer, accessToken)).json()).toMatchObject({ name: 'Nguyễn Thị Thử' });
  expect(idClaims).not.toHaveProperty('name');
});

test('oidcc-ensure-request-object-with-redirect-uri: a wrong address outside is a page, whatever stands inside', async () => {
  const request = unsigned(Object.fromEntries(testerRequest(issuer, tester).params));
  const { url } = testerRequest(issuer, tester, { request, redirect_uri: `${CALLBACK}/wrong` });
  const answer = await new Browser(issuer).go(url);
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  expect(await answer.text()).toContain('return_address_unknown');
});

test('oidcc-refresh-token: works for its portal, with fewer scopes too, and for no other', async () => {
  const withRefresh = { grant_types: ['authorization_code', 'refresh_token'] };
  const [one, two] = [await addAllowed(withRefresh), await addAllowed(withRefresh)];
  const changes = { scope: 'openid offline_access', prompt: 'consent' };
  const first = await flow(issuer, one, subject, { changes });
  const other = await flow(issuer, two, subject, { changes });
  const refresh = String(first.token.body['refresh_token']);
  expect(refresh).toMatch(/^[\x21-\x7e]{43,}$/);
  const again = await askToken(issuer, one, { grant_type: 'refresh_token', refresh_token: refresh, scope: 'openid' });
  expect(again.status).toBe(200);
  expect(again.headers.get('cache-control')).toContain('no-store');
  expect(again.body['token_type']).toBe('Bearer');
  expect(again.body['access_token']).not.toBe(first.accessToken);
  const { iss, sub, aud, auth_time: authTime } = first.claims;
  const fresh = claimsOf(again.body['id_token']);
  expect(fresh).toMatchObject({ iss, sub, aud, auth_time: authTime });
  expect([undefined, first.claims['nonce']]).toContain(fresh['nonce']);
  expect((await userinfo(issuer, String(again.body['access_token']))).status).toBe(200);
  const foreign = { grant_type: 'refresh_token', refresh_token: String(other.token.body['refresh_token']) };
  const refused = await askToken(issuer, one, foreign);
  expect([refused.status, refused.body['error']]).toEqual([400, 'invalid_grant']);
});

test('oidcc-ensure-request-with-valid-pkce-succeeds', async () => {
  const verifier = randomBytes(32).toString('base64url');
  const request = testerRequest(issuer, tester, {
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const back = await signIn(new Browser(issuer), request, subject);
  const code = back.searchParams.get('code') ?? '';
  expect((await redeemCode(issuer, tester, code, { code_verifier: verifier })).status).toBe(200);
});
