import { expect, test } from '@jest/globals';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { Browser } from './support/browser.ts';
import {
  addPerson,
  addPortal,
  allow,
  APP_CODE,
  authorizationRequest,
  claimsOf,
  finish,
  nowSeconds,
  PASSKEY,
  redeem,
  signIn,
  SMS_CODE,
  type How,
  type Json,
  type TestPortal,
} from './support/relying-party.ts';
import { startProvider } from './support/start-provider.ts';

const { db, url: dbUrl } = await freshDatabase();
const { url: cacheUrl } = await freshCache();
const { issuer } = await startProvider({ db: dbUrl, cache: cacheUrl });
const easy = await addPortal(db, { id: 'easy' });
const health = await addPortal(db, { id: 'health', minimumAcr: 'LoA2' });
const subject = await addPerson(db);
for (const { portal } of [easy, health]) await allow(db, subject, portal);

type Changes = Record<string, string | undefined>;
const acrClaim = (value: object) => JSON.stringify({ id_token: { acr: value } });

/** The interaction that a request begins, or where it led without one. */
async function begin(browser: Browser, rp: TestPortal, changes: Changes = {}) {
  const request = authorizationRequest(issuer, rp, changes);
  const { url, answer } = await browser.follow(request.url);
  const isOpen = url.pathname.startsWith('/interaction/');
  const body = isOpen ? ((await answer.json()) as Json) : {};
  return { request, url, interaction: (body['interaction'] ?? {}) as Json };
}

async function idTokenOf(browser: Browser, rp: TestPortal, changes: Changes = {}, how: How = PASSKEY, who = subject) {
  const request = authorizationRequest(issuer, rp, changes);
  const back = await signIn(browser, request, who, how);
  const token = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier);
  return token.status === 200 ? claimsOf(token.body['id_token']) : { error: back.searchParams.get('error') };
}

const wanted: [string, TestPortal, Changes, string][] = [
  ['nothing asked: the portal has its minimum', health, {}, 'LoA2'],
  ['asked above the minimum', easy, { acr_values: 'LoA3' }, 'LoA3'],
  ['asked below the minimum', health, { acr_values: 'LoA1' }, 'LoA2'],
  ['of several the weakest will do', easy, { acr_values: 'LoA3 LoA2' }, 'LoA2'],
  ['unknown values are ignored', health, { acr_values: 'urn:mace:incommon:iap:silver loa3' }, 'LoA2'],
  ['an essential claim', easy, { claims: acrClaim({ essential: true, value: 'LoA3' }) }, 'LoA3'],
  [
    'an essential claim beside weaker acr_values',
    easy,
    { acr_values: 'LoA1', claims: acrClaim({ essential: true, values: ['LoA3'] }) },
    'LoA3',
  ],
  ['a claim that only wants to be told', health, { claims: JSON.stringify({ id_token: { acr: null } }) }, 'LoA2'],
];
test.each(wanted)('%s', async (_name, rp, changes, acr) => {
  const { interaction } = await begin(new Browser(issuer), rp, changes);
  expect(interaction['wanted']).toBe(acr);
});

test('an essential acr that nobody knows cannot be met', async () => {
  const claims = acrClaim({ essential: true, value: 'urn:unknown' });
  const { url } = await begin(new Browser(issuer), easy, { claims });
  expect(url.searchParams.get('error')).toBe('unmet_authentication_requirements');
});

test('what comes back below the level asked is refused, and not asked for again', async () => {
  const browser = new Browser(issuer);
  const { url } = await begin(browser, easy, { acr_values: 'LoA3' });
  const back = (await finish(browser, url, subject, APP_CODE)).url;
  expect(back.searchParams.get('error')).toBe('unmet_authentication_requirements');
});

test('more than asked is told as what it is', async () => {
  expect(await idTokenOf(new Browser(issuer), health, {}, PASSKEY)).toMatchObject({
    acr: 'LoA3',
    amr: ['hwk', 'user', 'mfa'],
    account_level: '02',
  });
});

test('a session is stepped up by what is missing, and says the new level everywhere', async () => {
  const browser = new Browser(issuer);
  expect(await idTokenOf(browser, easy, {}, SMS_CODE)).toMatchObject({ acr: 'LoA1' });
  const { url, interaction } = await begin(browser, health);
  expect(interaction['session']['subject']).toBe(subject);
  expect(interaction['session']['proofs'].map((proof: Json) => proof['by'])).toEqual(['password', 'sms_code']);
  expect(interaction['fresh']).toBe(false);
  await finish(browser, url, subject, APP_CODE);
  expect(await idTokenOf(browser, easy)).toMatchObject({ acr: 'LoA2', amr: ['pwd', 'otp', 'mfa'] });
});

test('a passkey older than 15 minutes is no LoA3 any more: asked anew there, and called LoA2 elsewhere', async () => {
  const browser = new Browser(issuer);
  const old = { ...PASSKEY, at: nowSeconds() - 14 * 60 - 58 };
  expect(await idTokenOf(browser, easy, { acr_values: 'LoA3' }, old)).toMatchObject({ acr: 'LoA3' });
  await new Promise((resolve) => {
    setTimeout(resolve, 4_000);
  });
  expect(await idTokenOf(browser, health)).toMatchObject({ acr: 'LoA2' });
  const { interaction } = await begin(browser, easy, { acr_values: 'LoA3' });
  expect(interaction['wanted']).toBe('LoA3');
});

test('an account of level 01 reaches no LoA2, whatever the door says', async () => {
  const low = await addPerson(db, { level: '01' });
  await allow(db, low, health.portal);
  expect(await idTokenOf(new Browser(issuer), health, {}, PASSKEY, low)).toEqual({
    error: 'unmet_authentication_requirements',
  });
});

const none: [string, (browser: Browser) => Promise<unknown>, TestPortal, Changes, string][] = [
  ['nobody is signed in', async () => {}, easy, {}, 'login_required'],
  ['the session is too weak', (b) => idTokenOf(b, easy, {}, SMS_CODE), health, {}, 'login_required'],
  [
    'the sign-in is too old',
    (b) => idTokenOf(b, easy, {}, { ...PASSKEY, at: nowSeconds() - 100 }),
    easy,
    { max_age: '50' },
    'login_required',
  ],
  ['something is undecided', (b) => idTokenOf(b, easy), await addPortal(db, { id: 'new' }), {}, 'consent_required'],
];
test.each(none)('prompt=none while %s', async (_name, prepare, rp, changes, error) => {
  const browser = new Browser(issuer);
  await prepare(browser);
  const { url, request } = await begin(browser, rp, { prompt: 'none', ...changes });
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ error, state: request.state, iss: issuer });
});

test('prompt=none with a session answers at once, and says when the person signed in', async () => {
  const browser = new Browser(issuer);
  const first = await idTokenOf(browser, easy);
  const second = await idTokenOf(browser, easy, { prompt: 'none' });
  expect(second).toMatchObject({ sub: first['sub'], auth_time: first['auth_time'] });
});

test.each([
  ['prompt=login', { prompt: 'login' }],
  ['max_age=0', { max_age: '0' }],
  ['a max_age that has run out', { max_age: '10' }],
])('%s wants new proof: an old one is a defect of the door, never an answer', async (_name, changes) => {
  const browser = new Browser(issuer);
  await idTokenOf(browser, easy, {}, { ...PASSKEY, at: nowSeconds() - 100 });
  const { url, interaction } = await begin(browser, easy, changes);
  expect(interaction['fresh']).toBe(true);
  const { answer } = await finish(browser, url, subject, { ...PASSKEY, at: nowSeconds() - 100 });
  expect(answer.status).toBe(500);
  const back = (await finish(browser, url, subject)).url;
  expect(back.searchParams.has('code')).toBe(true);
});

test('what the person refuses comes back as the specification names it', async () => {
  for (const code of ['access_denied', 'unmet_authentication_requirements', 'login_required']) {
    const browser = new Browser(issuer);
    const { url } = await begin(browser, easy);
    const { url: back } = await browser.follow(`${url.pathname}/refuse?code=${code}`, { method: 'POST' });
    expect(back.searchParams.get('error')).toBe(code);
  }
});

test('without a decision on every claim there is no answer', async () => {
  const browser = new Browser(issuer);
  const stranger = await addPerson(db);
  const { url } = await begin(browser, easy);
  const back = (await finish(browser, url, stranger)).url;
  expect(back.searchParams.get('error')).toBe('access_denied');
});

test('a session at a new portal is asked for its consent alone', async () => {
  const browser = new Browser(issuer);
  await idTokenOf(browser, easy);
  const rp = await addPortal(db, { id: 'third' });
  const { url, interaction, request } = await begin(browser, rp);
  expect(interaction).toMatchObject({
    prompt: 'consent',
    claims: ['name', 'birthdate', 'birthdate_precision', 'gender'],
  });
  await allow(db, subject, rp.portal, []);
  const back = (await finish(browser, url)).url;
  const token = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier);
  const person = await (
    await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${String(token.body['access_token'])}` } })
  ).json();
  expect(Object.keys(person as object).sort()).toEqual(['account_level', 'name', 'sub']);
});

test('what was not agreed with the portal is not given, however it is asked', async () => {
  const rp = await addPortal(db, { id: 'narrow', claims: [{ name: 'name', required: true }] });
  await allow(db, subject, rp.portal);
  const { url: refused } = await begin(new Browser(issuer), rp, { scope: 'openid national_id' });
  expect(refused.searchParams.get('error')).toBe('invalid_scope');
  const claims = JSON.stringify({
    userinfo: { national_id: { essential: true }, name: null },
    id_token: { national_id: null, phone_number: null, birthdate: null },
  });
  const request = authorizationRequest(issuer, rp, { scope: 'openid', claims });
  const back = await signIn(new Browser(issuer), request, subject);
  const token = await redeem(issuer, rp, back.searchParams.get('code') ?? '', request.verifier);
  expect(Object.keys(claimsOf(token.body['id_token']))).not.toEqual(expect.arrayContaining(['national_id']));
  const person = await (
    await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${String(token.body['access_token'])}` } })
  ).json();
  expect(Object.keys(person as object).sort()).toEqual(['account_level', 'name', 'sub']);
});

test('a year-only birth date says so', async () => {
  const elder = await addPerson(db, { personal: { birthDate: '1938' } });
  await allow(db, elder, easy.portal);
  const request = authorizationRequest(issuer, easy);
  const back = await signIn(new Browser(issuer), request, elder);
  const token = await redeem(issuer, easy, back.searchParams.get('code') ?? '', request.verifier);
  const person = await (
    await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${String(token.body['access_token'])}` } })
  ).json();
  expect(person).toMatchObject({ birthdate: '1938', birthdate_precision: 'year' });
});

test('another person in the same browser ends the first one’s session', async () => {
  const browser = new Browser(issuer);
  const first = await idTokenOf(browser, easy);
  const second = await addPerson(db);
  await allow(db, second, easy.portal);
  const { url, request } = await begin(browser, easy, { prompt: 'login' });
  const { answer } = await finish(browser, url, second);
  // the page posts itself to the sign-out and comes back; its way on to the portal must be open
  const html = await answer.text();
  expect(answer.headers.get('content-security-policy')).toContain(new URL(easy.redirectUri).origin);
  expect(answer.headers.get('content-security-policy')).toContain("'sha256-");
  const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
  const fields = [...html.matchAll(/name="(\w+)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]);
  const { url: back } = await browser.follow(action, {
    method: 'POST',
    body: new URLSearchParams(Object.fromEntries(fields) as Record<string, string>),
  });
  const token = await redeem(issuer, easy, back.searchParams.get('code') ?? '', request.verifier);
  expect(claimsOf(token.body['id_token'])['sub']).not.toBe(first['sub']);
});

test('the account pages get a sign-in and no token', async () => {
  const browser = new Browser(issuer);
  const params = new URLSearchParams({
    client_id: 'account',
    response_type: 'none',
    scope: 'openid',
    redirect_uri: `${issuer}/account/signed-in`,
    acr_values: 'LoA1',
  });
  const { url } = await browser.follow(`/auth?${params.toString()}`);
  const { url: back } = await finish(browser, url, subject);
  expect(back.pathname).toBe('/account/signed-in');
  expect([...back.searchParams.keys()]).toEqual(['iss']);
  expect(await (await browser.go('/account/session')).json()).toMatchObject({ subject, acr: 'LoA3' });
  expect(await (await new Browser(issuer).go('/account/session')).json()).toEqual({ kind: 'nobody' });
});

test('a gone, foreign or stale interaction is gone, never a failure', async () => {
  const browser = new Browser(issuer);
  const { url } = await begin(browser, easy);
  const stranger = new Browser(issuer);
  expect(await (await stranger.go(url.pathname)).json()).toEqual({ kind: 'gone' });
  await finish(browser, url, subject);
  expect(await (await browser.go(url.pathname)).json()).toEqual({ kind: 'gone' });
  expect((await browser.go(`/auth/${url.pathname.split('/')[2] ?? ''}`)).status).toBe(400);
  expect((await browser.go('/auth/nothing')).status).toBe(400);
  expect(await (await browser.go(`${url.pathname}/finish`, { method: 'POST' })).json()).toEqual({ kind: 'gone' });
});

const subjectPattern = /^[\w-]{43}$/;
test('a person has another name in every sector and one in each', async () => {
  const a = await addPortal(db, { id: 'sector-a', host: 'https://one.gov.example' });
  const b = await addPortal(db, { id: 'sector-b', host: 'https://one.gov.example' });
  for (const { portal } of [a, b]) await allow(db, subject, portal);
  const subs = await Promise.all(
    [easy, a, b].map(async (rp) => (await idTokenOf(new Browser(issuer), rp))['sub'] as string),
  );
  expect(subs[1]).toBe(subs[2]);
  expect(subs[0]).not.toBe(subs[1]);
  for (const sub of subs) expect(sub).toMatch(subjectPattern);
  expect(subs).not.toContain(subject satisfies SubjectId);
});
