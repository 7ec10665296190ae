import { expect, test } from '@jest/globals';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  authorizationRequest,
  basic,
  claimsOf,
  finish,
  post,
  redeem,
  signIn,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const rp = await addPortal(db, {
  id: 'rp',
  metadata: { redirect_uris: ['https://rp.gov.example/cb', 'https://rp.gov.example/other'] },
});
const thief = await addPortal(db, { id: 'thief' });
const subject = await addPerson(db);
const victim = await addPerson(db);
for (const person of [subject, victim]) for (const { portal } of [rp, thief]) await allow(db, person, portal);

async function newCode(browser = new Browser(issuer)) {
  const request = authorizationRequest(issuer, rp);
  const back = await signIn(browser, request, subject);
  return { code: back.searchParams.get('code') ?? '', ...request };
}
const stranger = async () => (await newCode()).verifier;

test.each([
  [
    'another client',
    async (code: string, verifier: string) => redeem(issuer, { ...thief, redirectUri: rp.redirectUri }, code, verifier),
  ],
  [
    'another redirect address of the same client',
    async (code: string, verifier: string) =>
      redeem(issuer, rp, code, verifier, { redirect_uri: 'https://rp.gov.example/other' }),
  ],
  [
    'no redirect address',
    async (code: string, verifier: string) =>
      post(
        `${issuer}/token`,
        { grant_type: 'authorization_code', code, code_verifier: verifier },
        basic(rp.id, rp.secret),
      ),
  ],
  ['another verifier', async (code: string) => redeem(issuer, rp, code, await stranger())],
  [
    'no verifier',
    async (code: string) =>
      post(
        `${issuer}/token`,
        { grant_type: 'authorization_code', code, redirect_uri: rp.redirectUri },
        basic(rp.id, rp.secret),
      ),
  ],
  [
    'another secret',
    async (code: string, verifier: string) => redeem(issuer, { ...rp, secret: thief.secret }, code, verifier),
  ],
  [
    'no secret',
    async (code: string, verifier: string) =>
      post(`${issuer}/token`, {
        grant_type: 'authorization_code',
        client_id: rp.id,
        code,
        redirect_uri: rp.redirectUri,
        code_verifier: verifier,
      }),
  ],
  [
    'its stored hash as secret',
    async (code: string, verifier: string) =>
      redeem(issuer, { ...rp, secret: String(rp.portal.metadata['client_secret']) }, code, verifier),
  ],
])('a code is of no use with %s', async (_name, attempt) => {
  const { code, verifier } = await newCode();
  const answer = await attempt(code, verifier);
  expect([400, 401]).toContain(answer.status);
  expect(answer.body).not.toHaveProperty('access_token');
});

test('the nonce of the request comes back in the ID token, and only that', async () => {
  const { code, verifier, nonce } = await newCode();
  const token = await redeem(issuer, rp, code, verifier, { nonce: 'mine' });
  expect(claimsOf(token.body['id_token'])['nonce']).toBe(nonce);
});

test('a portal learns nothing of another portal’s token, and cannot end it', async () => {
  const { code, verifier } = await newCode();
  const token = (await redeem(issuer, rp, code, verifier)).body['access_token'] as string;
  const headers = basic(thief.id, thief.secret);
  expect((await post(`${issuer}/token/introspection`, { token }, headers)).body).toEqual({ active: false });
  expect((await post(`${issuer}/token/revocation`, { token }, headers)).status).toBe(400);
  const own = await post(`${issuer}/token/introspection`, { token }, basic(rp.id, rp.secret));
  expect(own.body).toMatchObject({ active: true, acr: 'LoA3', client_id: rp.id });
  expect(own.body['auth_time']).toBeGreaterThan(0);
});

test('every output names the person alike', async () => {
  const { code, verifier } = await newCode();
  const { body } = await redeem(issuer, rp, code, verifier);
  const bearer = { authorization: `Bearer ${String(body['access_token'])}` };
  const [byGet, byPost, introspected] = await Promise.all([
    fetch(`${issuer}/me`, { headers: bearer }).then((answer) => answer.json()),
    fetch(`${issuer}/me`, { method: 'POST', headers: bearer }).then((answer) => answer.json()),
    post(`${issuer}/token/introspection`, { token: body['access_token'] }, basic(rp.id, rp.secret)),
  ]);
  const { sub } = claimsOf(body['id_token']) as { sub: string };
  expect(sub).not.toBe(subject);
  expect((byGet as { sub: string }).sub).toBe(sub);
  expect((byPost as { sub: string }).sub).toBe(sub);
  expect(introspected.body['sub']).toBe(sub);
});

test('an interaction of the attacker does not sign the victim’s browser in', async () => {
  const attacker = new Browser(issuer);
  const { url } = await attacker.follow(authorizationRequest(issuer, rp).url);
  const done = await attacker.go(
    `${url.pathname}/finish?${new URLSearchParams({ subject: victim, acr: 'LoA3', amr: 'hwk', at: String(Math.floor(Date.now() / 1000)) }).toString()}`,
    { method: 'POST' },
  );
  const resume = done.headers.get('location') ?? '';
  const other = new Browser(issuer);
  const answer = await other.go(resume);
  expect(answer.status).toBe(400);
  expect(other.cookies()).not.toContain('eid.session');
  // and the victim cannot be made to finish it by its address alone
  expect((await finish(other, url, victim)).url.pathname).toContain('/interaction/');
});

test('cookies of another browser, altered or without their signature, are nobody’s', async () => {
  const mine = new Browser(issuer);
  await newCode(mine);
  const session = mine.cookie('eid.session') ?? '';
  for (const value of [session, `${session.slice(0, -1)}A`, session.replace(/^[^.]+/, 'x'.repeat(21))]) {
    const forged = new Browser(issuer);
    forged.set('eid.session', value);
    expect(await (await forged.go('/account/session')).json()).toEqual({ kind: 'nobody' });
  }
  const [uid = ''] = session.split('.');
  const signature = mine.cookie('eid.session.sig') ?? '';
  const moved = new Browser(issuer);
  moved.set('eid.session', `${uid}.${'x'.repeat(21)}`);
  moved.set('eid.session.sig', signature);
  expect(await (await moved.go('/account/session')).json()).toEqual({ kind: 'nobody' });
});

test('a session that steps up leaves its old cookie worthless', async () => {
  const browser = new Browser(issuer);
  await newCode(browser);
  const before = { value: browser.cookie('eid.session') ?? '', sig: browser.cookie('eid.session.sig') ?? '' };
  const { url } = await browser.follow(authorizationRequest(issuer, rp, { prompt: 'login' }).url);
  await finish(browser, url, subject);
  expect(browser.cookie('eid.session')).not.toBe(before.value);
  const old = new Browser(issuer);
  old.set('eid.session', before.value);
  old.set('eid.session.sig', before.sig);
  expect(await (await old.go('/account/session')).json()).toEqual({ kind: 'nobody' });
  expect(await (await browser.go('/account/session')).json()).toMatchObject({ subject });
});
