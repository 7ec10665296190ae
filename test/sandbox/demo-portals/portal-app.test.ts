import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { createPortalApp } from '../../../src/sandbox/demo-portals/portal-app.ts';
import type { ProviderClient, SignInOutcome } from '../../../src/sandbox/demo-portals/provider-client.ts';
import { DEMO_PORTALS } from '../../../src/sandbox/demo-portals/registration.ts';
import { readSettings, type Settings } from '../../../src/sandbox/demo-portals/settings.ts';
import { listen } from '../../support/edge-server.ts';

const issuer = 'http://localhost:3000';
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const claims = {
  sub: 'pairwise',
  name: 'Nguyễn <b>Lan</b>',
  birthdate: '1990-05-12',
  national_id: '001190000001',
  acr: 'LoA1',
  amr: ['pwd', 'sms', 'mfa'],
  account_level: '01',
  auth_time: 1_786_690_000,
};
let outcome: SignInOutcome;
let reachable: boolean;
let session: number;
// The provider is the outside here; the journeys run the portals against the real one.
const provider: ProviderClient = {
  async startSignIn(locale) {
    if (!reachable) throw new Error('connection refused');
    return {
      url: new URL(`${issuer}/auth?ui_locales=${locale}`),
      pending: { state: 's', nonce: 'n', codeVerifier: 'v' },
    };
  },
  finishSignIn: async () => outcome,
  signOutUrl: async () => new URL(`${issuer}/session/end`),
  publishedKeys: async () => [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k' }],
};

const server = createServer();
let origin: string;
beforeAll(async () => {
  const port = await listen(server);
  origin = `http://localhost:${port}`;
  const settings: Settings = { portal: DEMO_PORTALS[0]!, port, origin, issuer, credential: 'x' };
  const serve = createPortalApp(settings, provider).callback();
  server.on('request', (request, response) => void serve(request, response));
});
afterAll(() => void server.close());
beforeEach(() => {
  reachable = true;
  session = 1;
  outcome = { kind: 'signed_in', session: { claims, idToken: 'id', sub: 'pairwise', sid: `sid-${session}` } };
});

/** A browser of its own: keeps cookies, follows nothing. */
function browser() {
  const jar = new Map<string, string>();
  return async (path: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${origin}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...init.headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split('=');
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      headers: response.headers,
      html: await response.text(),
    };
  };
}
async function signedIn() {
  const visit = browser();
  await visit('/sign-in');
  expect((await visit('/callback?code=c&state=s')).location).toBe('/');
  return visit;
}
function logoutToken(change: object = {}): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const body = {
    iss: issuer,
    aud: 'dich-vu-cong',
    iat: now,
    exp: now + 120,
    jti: `${Math.random()}`,
    events,
    sid: 'sid-1',
    ...change,
  };
  const signed = `${part({ alg: 'ES256', kid: 'k', typ: 'logout+jwt' })}.${part(body)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: keys.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
const notify = (token: string) =>
  fetch(`${origin}/backchannel-logout`, { method: 'POST', body: new URLSearchParams({ logout_token: token }) });

test('shows who is signed in, what was told and at which level, every value escaped', async () => {
  const visit = await signedIn();
  const { html, headers } = await visit('/');
  expect(html).toContain('Nguyễn &lt;b&gt;Lan&lt;/b&gt;');
  expect(html).toContain('<dd data-claim="birthdate">12/05/1990</dd>');
  expect(html).toContain('<dd data-claim="national_id">001 190 000 001</dd>');
  expect(html).toContain('<dd data-claim="acr">LoA1</dd>');
  expect(html).toContain('mật khẩu, mã qua tin nhắn');
  expect(html).not.toContain('<script');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('speaks English when asked, and asks the provider for it too', async () => {
  const visit = browser();
  expect((await visit('/')).html).toContain('lang="vi"');
  await visit('/language?to=en');
  expect((await visit('/')).html).toContain('Public service portal');
  expect((await visit('/sign-in')).location).toBe(`${issuer}/auth?ui_locales=en`);
});

test('a callback that nobody began, or that comes twice, signs nobody in', async () => {
  expect((await browser()('/callback?code=c&state=s')).status).toBe(400);
  const visit = browser();
  await visit('/sign-in');
  const [first, second] = await Promise.all([visit('/callback?code=c&state=s'), visit('/callback?code=c&state=s')]);
  expect(new Set([first.status, second.status])).toEqual(new Set([302, 400]));
});

test.each(['access_denied', 'unmet_authentication_requirements', 'something_else'])(
  '%s is a page with a way to try again',
  async (error) => {
    outcome = { kind: 'refused', error };
    const visit = browser();
    await visit('/sign-in');
    const { html } = await visit(`/callback?error=${error}`);
    expect(html).toContain('Chưa đăng nhập được');
    expect(html).toContain('href="/sign-in"');
    expect((await visit('/')).html).toContain('data-action="sign-in"');
  },
);

test('a provider that cannot be reached is a sentence, not a stack', async () => {
  reachable = false;
  const { status, html } = await browser()('/sign-in');
  expect(status).toBe(503);
  expect(html).toContain('Hệ thống định danh đang gián đoạn');
  expect(html).not.toContain('connection refused');
});

test('signing out ends the session here and goes on to the provider, from our own page only', async () => {
  const visit = await signedIn();
  const elsewhere = { method: 'POST', headers: { origin: 'http://localhost:1' } };
  expect((await visit('/sign-out', elsewhere)).status).toBe(403);
  expect((await visit('/')).html).toContain('data-signed-in');
  const own = await visit('/sign-out', { method: 'POST', headers: { origin } });
  expect(own).toMatchObject({ status: 303, location: `${issuer}/session/end` });
  expect((await visit('/')).html).not.toContain('data-signed-in');
});

test('the provider ends the one session it names, once a token', async () => {
  const one = await signedIn();
  outcome = { kind: 'signed_in', session: { claims, idToken: 'id', sub: 'pairwise', sid: 'sid-2' } };
  const two = await signedIn();
  const token = logoutToken();
  expect((await notify(token)).status).toBe(200);
  expect((await one('/')).html).not.toContain('data-signed-in');
  expect((await two('/')).html).toContain('data-signed-in');
  expect((await notify(token)).status).toBe(400);
  expect((await notify(logoutToken({ aud: 'dat-dai' }))).status).toBe(400);
  expect((await notify('x'.repeat(100_000))).status).toBe(400);
  expect((await notify(logoutToken({ sid: undefined, sub: 'pairwise' }))).status).toBe(200);
  expect((await two('/')).html).not.toContain('data-signed-in');
});

test('settings name what is missing', () => {
  const good = { PORTAL_ID: 'dat-dai', PORTAL_PORT: '4003', ISSUER: issuer, PORTAL_CREDENTIAL: '{}' };
  expect(readSettings(good)).toMatchObject({ origin: 'http://localhost:4003', portal: { wants: 'LoA3' } });
  for (const name of Object.keys(good)) expect(() => readSettings({ ...good, [name]: undefined })).toThrow(name);
});
