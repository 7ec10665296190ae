import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import { startLogoutReceiver } from './support/logout-receiver.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  basic,
  claimsOf,
  headerOf,
  nowSeconds,
  post,
  redeem,
  signIn,
  type TestPortal,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const running = await startProvider({ db: dbUrl, cache: cacheUrl, sandbox: true });
const { issuer } = running;
const [healthEnd, landEnd] = [await startLogoutReceiver(), await startLogoutReceiver()];
const told = (uri: string) => ({ backchannel_logout_uri: uri, backchannel_logout_session_required: true });
const health = await addPortal(db, { id: 'health', metadata: told(healthEnd.uri) });
const land = await addPortal(db, { id: 'land', metadata: told(landEnd.uri) });
const silent = await addPortal(db, { id: 'silent' });

async function person() {
  const subject = await addPerson(db);
  for (const { portal } of [health, land, silent]) await allow(db, subject, portal);
  return subject;
}
type Subject = Awaited<ReturnType<typeof person>>;

async function enter(browser: Browser, rp: TestPortal, subject: Subject) {
  const request = authorizationRequest(issuer, rp);
  const back = await signIn(browser, request, subject);
  const { body } = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier);
  return { idToken: body['id_token'] as string, accessToken: body['access_token'] as string };
}

const signOut = (browser: Browser, params: Record<string, string>) =>
  browser.follow(`/session/end?${new URLSearchParams(params).toString()}`);

/** Presses "sign out" on the page. */
async function confirm(browser: Browser, page: Response, yes = true) {
  const { action, xsrf } = (await page.json()) as { action: string; xsrf: string };
  const body = new URLSearchParams({ xsrf, ...(yes && { logout: 'yes' }) });
  return browser.follow(action, { method: 'POST', body });
}
const userinfo = async (token: string) =>
  (await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })).status;
const empty = (receiver: { tokens: string[] }) => receiver.tokens.splice(0);
const queued = async () => Number((await db.query('SELECT count(*)::int AS n FROM logout_queue')).rows[0].n);

test('sign-out at one portal ends the session, the tokens, and the sessions at the others', async () => {
  const [browser, subject] = [new Browser(issuer), await person()];
  const atHealth = await enter(browser, health, subject);
  const atLand = await enter(browser, land, subject);
  const { answer } = await signOut(browser, {
    id_token_hint: atHealth.idToken,
    post_logout_redirect_uri: 'https://health.gov.example/bye',
    state: 'st',
  });
  expect(answer.headers.get('content-security-policy')).toContain("form-action 'self' https://health.gov.example");
  const { url } = await confirm(browser, answer);
  expect(url.href).toBe('https://health.gov.example/bye?state=st');
  const [[first], [second]] = [await healthEnd.received(1), await landEnd.received(1)];
  expect(first).toMatchObject({
    iss: issuer,
    aud: 'health',
    sub: claimsOf(atHealth.idToken)['sub'],
    sid: claimsOf(atHealth.idToken)['sid'],
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
  expect(first?.['exp'] - first?.['iat']).toBe(120);
  expect(first).not.toHaveProperty('nonce');
  expect(first?.['jti']).toBeDefined();
  expect(headerOf(healthEnd.tokens[0] ?? '')).toMatchObject({ alg: 'ES256', typ: 'logout+jwt' });
  expect(second).toMatchObject({ aud: 'land', sub: claimsOf(atLand.idToken)['sub'] });
  expect(second?.['sub']).not.toBe(first?.['sub']);
  expect(await userinfo(atHealth.accessToken)).toBe(401);
  expect(await userinfo(atLand.accessToken)).toBe(401);
  const { url: after } = await browser.follow(authorizationRequest(issuer, land, { prompt: 'none' }).url);
  expect(after.searchParams.get('error')).toBe('login_required');
  expect(
    (await db.query("SELECT count(*)::int AS n FROM audit_event WHERE kind = 'provider.logout_delivered'")).rows[0].n,
  ).toBe(2);
});

test('saying no leaves the person signed in elsewhere', async () => {
  const [browser, subject] = [new Browser(issuer), await person()];
  const { idToken } = await enter(browser, silent, subject);
  const { answer } = await signOut(browser, { id_token_hint: idToken });
  await confirm(browser, answer, false);
  const { url } = await browser.follow(authorizationRequest(issuer, land, { prompt: 'none' }).url);
  expect(url.searchParams.has('code')).toBe(true);
});

const WRONG: [string, Record<string, string>][] = [
  ['a foreign address', { client_id: 'health', post_logout_redirect_uri: 'https://evil.example/' }],
  [
    'the redirect address, which is not the logout address',
    { client_id: 'health', post_logout_redirect_uri: 'https://health.gov.example/cb' },
  ],
  ['more in the address', { client_id: 'health', post_logout_redirect_uri: 'https://health.gov.example/bye?x=1' }],
  ['a bad hint', { id_token_hint: 'x', post_logout_redirect_uri: 'https://health.gov.example/bye' }],
  ['an unknown client', { client_id: 'nobody', post_logout_redirect_uri: 'https://health.gov.example/bye' }],
];
test.each(WRONG)('sign-out with %s is a page, and nobody is signed out', async (_name, params) => {
  const [browser, subject] = [new Browser(issuer), await person()];
  await enter(browser, silent, subject);
  const { url, answer } = await signOut(browser, params);
  expect(url.origin).toBe(issuer);
  expect(answer.status).toBe(400);
  const again = await browser.follow(authorizationRequest(issuer, silent, { prompt: 'none' }).url);
  expect(again.url.searchParams.has('code')).toBe(true);
});

test('without a hint or a client there is no way out but our own page', async () => {
  const [browser, subject] = [new Browser(issuer), await person()];
  await enter(browser, silent, subject);
  for (const params of [{}, { post_logout_redirect_uri: 'https://silent.gov.example/bye' }, { state: 'x' }]) {
    const { answer } = await signOut(browser, params);
    const { url } = await confirm(browser, answer);
    expect(url.pathname).toBe('/session/end/success');
    await enter(browser, silent, subject);
  }
});

test('another site cannot sign a person out: the page’s own secret is needed', async () => {
  const [browser, subject] = [new Browser(issuer), await person()];
  await enter(browser, silent, subject);
  await signOut(browser, {});
  for (const xsrf of ['', 'x', '0'.repeat(21)]) {
    const answer = await browser.go('/session/end/confirm', {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    expect(answer.status).toBe(400);
  }
  const { url } = await browser.follow(authorizationRequest(issuer, silent, { prompt: 'none' }).url);
  expect(url.searchParams.has('code')).toBe(true);
});

test('ending all sessions of a person ends every browser and tells every portal once', async () => {
  await healthEnd.received(1);
  empty(healthEnd);
  empty(landEnd);
  const subject = await person();
  const [one, two] = [new Browser(issuer), new Browser(issuer)];
  const first = await enter(one, health, subject);
  const second = await enter(two, land, subject);
  const other = await person();
  const bystander = new Browser(issuer);
  const third = await enter(bystander, silent, other);
  const ended = await fetch(`${issuer}/test/end-sessions?subject=${subject}`);
  expect(await ended.json()).toEqual({ ended: 2 });
  expect(await healthEnd.received(1)).toMatchObject([{ sid: claimsOf(first.idToken)['sid'] }]);
  expect(await landEnd.received(1)).toMatchObject([{ sid: claimsOf(second.idToken)['sid'] }]);
  expect(await userinfo(first.accessToken)).toBe(401);
  expect(await userinfo(third.accessToken)).toBe(200);
  for (const browser of [one, two]) {
    expect(await (await browser.go('/account/session')).json()).toEqual({ kind: 'nobody' });
  }
  expect(await (await bystander.go('/account/session')).json()).toMatchObject({ subject: other });
});

test('a portal that is away is told later, a redirect is not followed, and a crash forgets nothing', async () => {
  empty(healthEnd);
  const elsewhere = await startLogoutReceiver();
  healthEnd.answer(302, elsewhere.uri);
  const [browser, subject] = [new Browser(issuer), await person()];
  const { idToken } = await enter(browser, health, subject);
  const { answer } = await signOut(browser, { id_token_hint: idToken });
  await confirm(browser, answer);
  expect(await healthEnd.received(1)).toHaveLength(1);
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  expect(elsewhere.tokens).toHaveLength(0);
  expect(await queued()).toBe(1);
  await running.stop('SIGKILL');
  healthEnd.answer(200);
  empty(healthEnd);
  await db.query('UPDATE logout_queue SET next_attempt_at = now()');
  await startProvider({
    db: dbUrl,
    cache: cacheUrl,
    sandbox: true,
    keysDir: running.keysDir,
    port: Number(new URL(issuer).port),
  });
  expect(await healthEnd.received(1)).toMatchObject([{ sid: claimsOf(idToken)['sid'], aud: 'health' }]);
  expect(claimsOf(healthEnd.tokens[0] ?? '')['iat']).toBeGreaterThan(nowSeconds() - 5);
  for (let waited = 0; waited < 20 && (await queued()) > 0; waited += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  expect(await queued()).toBe(0);
  expect(
    (await post(`${issuer}/token/introspection`, { token: 'x'.repeat(43) }, basic(silent.id, silent.secret))).status,
  ).toBe(200);
});
