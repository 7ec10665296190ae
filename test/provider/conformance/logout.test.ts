/**
 * Module by module what oidcc-rp-initiated-logout- and oidcc-backchannel-rp-initiated-logout-certification-test-plan do to a
 * provider (docs/conformance.md).
 */
import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { freshCache } from '../../support/fresh-cache.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { Browser } from '../support/browser.ts';
import { startLogoutReceiver } from '../support/logout-receiver.ts';
import { addPerson, jws, nowSeconds, type Json } from '../support/relying-party.ts';
import { startProvider } from '../support/start-provider.ts';
import { addTester, allowEverything, flow, LOGGED_OUT, rsaKey, testerRequest, verifies } from '../support/tester.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl, sandbox: true });
const subject = await addPerson(db);
const rsa = rsaKey();
const receiver = await startLogoutReceiver();
const metadata = { jwks: { keys: [rsa.publicJwk] }, post_logout_redirect_uris: [LOGGED_OUT] };
const tester = await addTester(issuer, metadata);
const told = await addTester(issuer, {
  ...metadata,
  backchannel_logout_uri: receiver.uri,
  backchannel_logout_session_required: true,
});
for (const portal of [tester, told]) await allowEverything(db, subject, portal);

const discovery = async () => (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Json;
const longState = () => randomBytes(64).toString('hex');

async function signedIn(portal = tester) {
  const browser = new Browser(issuer);
  const { idToken, claims } = await flow(issuer, portal, subject, { browser });
  return { browser, idToken, claims };
}
const signOut = (browser: Browser, params: Record<string, string>) =>
  browser.follow(`/session/end?${new URLSearchParams(params).toString()}`);

/** Presses "sign out" on the page that the suite's operator sees. */
async function confirm(browser: Browser, page: Response) {
  expect(page.status).toBe(200);
  const { action, xsrf } = (await page.json()) as { action: string; xsrf: string };
  return browser.follow(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
}
async function isSignedOut(browser: Browser) {
  const { url } = await browser.follow(testerRequest(issuer, tester, { prompt: 'none' }).url);
  return url.searchParams.get('error') === 'login_required';
}

test('oidcc-rp-initiated-logout-discovery-endpoint-verification', async () => {
  expect(await discovery()).toMatchObject({ end_session_endpoint: `${issuer}/session/end` });
});

test('oidcc-rp-initiated-logout: back with the long state and nothing else, and signed out', async () => {
  const { browser, idToken } = await signedIn();
  const state = longState();
  const params = { id_token_hint: idToken, post_logout_redirect_uri: LOGGED_OUT, state };
  const { answer } = await signOut(browser, params);
  const { url } = await confirm(browser, answer);
  expect(`${url.origin}${url.pathname}`).toBe(LOGGED_OUT);
  expect([...url.searchParams]).toEqual([['state', state]]);
  expect(await isSignedOut(browser)).toBe(true);
});

test('oidcc-rp-initiated-logout-no-state', async () => {
  const { browser, idToken } = await signedIn();
  const { answer } = await signOut(browser, { id_token_hint: idToken, post_logout_redirect_uri: LOGGED_OUT });
  const { url } = await confirm(browser, answer);
  expect(url.href).toBe(LOGGED_OUT);
  expect(await isSignedOut(browser)).toBe(true);
});

type Signed = Awaited<ReturnType<typeof signedIn>>;
const withoutSignature = (idToken: string) =>
  `${Buffer.from('{"alg": "none"}').toString('base64url')}.${idToken.split('.')[1] ?? ''}.`;
const signedByThePortal = () => {
  const [iat, exp] = [nowSeconds(), nowSeconds() + 300];
  const claims = { iss: tester.id, sub: 'SubjectID', aud: issuer, nonce: 'flibble', iat, exp };
  return jws({ alg: 'RS256' }, claims, rsa.key);
};
const REFUSED: [string, string, (signed: Signed) => Record<string, string>][] = [
  [
    'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
    'return_address_unknown',
    ({ idToken }) => ({
      id_token_hint: idToken,
      post_logout_redirect_uri: `${LOGGED_OUT.replace('post_logout', 'bad_post_logout')}_uri`,
    }),
  ],
  [
    'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
    'return_address_unknown',
    ({ idToken }) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${LOGGED_OUT}?foo=bar` }),
  ],
  [
    'oidcc-rp-initiated-logout-modified-id-token-hint',
    'sign_in_not_recognised',
    ({ idToken }) => ({ id_token_hint: withoutSignature(idToken), post_logout_redirect_uri: LOGGED_OUT }),
  ],
  [
    'oidcc-rp-initiated-logout-bad-id-token-hint',
    'sign_in_not_recognised',
    () => ({ id_token_hint: signedByThePortal(), post_logout_redirect_uri: LOGGED_OUT }),
  ],
];
test.each(REFUSED)('%s: an error page that says why, no way out', async (_module, said, params) => {
  const signed = await signedIn();
  const { url, answer } = await signOut(signed.browser, { ...params(signed), state: longState() });
  expect([answer.status, url.origin]).toEqual([400, issuer]);
  expect(await answer.text()).toContain(said);
  expect(await isSignedOut(signed.browser)).toBe(false);
});

const OWN_PAGE: [string, (signed: Signed) => Record<string, string>][] = [
  ['oidcc-rp-initiated-logout-no-id-token-hint', () => ({ post_logout_redirect_uri: LOGGED_OUT, state: longState() })],
  ['oidcc-rp-initiated-logout-no-params', () => ({})],
  [
    'oidcc-rp-initiated-logout-no-post-logout-redirect-uri',
    ({ idToken }) => ({ id_token_hint: idToken, state: longState() }),
  ],
  ['oidcc-rp-initiated-logout-only-state', () => ({ state: longState() })],
];
test.each(OWN_PAGE)('%s: signed out on our own page', async (_module, params) => {
  const signed = await signedIn();
  const { answer } = await signOut(signed.browser, params(signed));
  const { url } = await confirm(signed.browser, answer);
  expect([url.origin, url.pathname]).toEqual([issuer, '/session/end/success']);
  expect(await isSignedOut(signed.browser)).toBe(true);
});

test('oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
  expect(await discovery()).toMatchObject({
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    end_session_endpoint: `${issuer}/session/end`,
  });
});

test('oidcc-backchannel-rp-initiated-logout', async () => {
  const { browser, idToken, claims } = await signedIn(told);
  const state = longState();
  const params = { id_token_hint: idToken, post_logout_redirect_uri: LOGGED_OUT, state };
  const { answer } = await signOut(browser, params);
  const { url } = await confirm(browser, answer);
  expect(url.searchParams.get('state')).toBe(state);
  const [logout] = await receiver.received(1);
  expect(await verifies(issuer, receiver.tokens[0] ?? '')).toBe(true);
  expect(logout).toMatchObject({
    iss: issuer,
    aud: told.id,
    sub: claims['sub'],
    sid: claims['sid'],
    jti: expect.any(String),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
  expect(Object.keys(logout?.['events'] as object)).toHaveLength(1);
  expect(logout).not.toHaveProperty('nonce');
  expect(Math.abs(nowSeconds() - Number(logout?.['iat']))).toBeLessThan(60);
  expect(await isSignedOut(browser)).toBe(true);
});
