import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { HANH } from '../attacks/support/people.ts';
import { startApp } from '../attacks/support/start-app.ts';
import { Visitor, type Page } from '../attacks/support/visitor.ts';
import { addPortal } from '../provider/support/relying-party.ts';
import { freshCache } from '../support/fresh-cache.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { startRegistryProcess } from '../support/start-registry-process.ts';
import { QUAN } from './people.ts';
import { PASSWORD } from './world.ts';

const { db, url: dbUrl } = await freshDatabase();
const { cache, url: cacheUrl } = await freshCache();
const services = await addPortal(db, { id: 'ho-tich', minimumAcr: 'LoA1' });
const registry = await startRegistryProcess({ REGISTRY_PEOPLE: '1000' });
const app = await startApp({ db, dbUrl, cacheUrl, registry });

beforeAll(() => app.settle(HANH));
afterAll(() => registry.stop());
beforeEach(async () => {
  await cache.flushdb();
});

/** Sends a form of the page in view to another address of ours. */
async function send(visitor: Visitor, path: string, fields: Record<string, string> = {}): Promise<Page> {
  visitor.base = path.slice(0, path.lastIndexOf('/'));
  return visitor.post(path.slice(path.lastIndexOf('/') + 1), fields);
}
/** Through the sign-in in view, with password and app, the code of some steps from now. */
async function signIn(visitor: Visitor, password = HANH.password, stepsOn = 0): Promise<Page> {
  let page = visitor.page!;
  visitor.base = page.url.pathname;
  if (page.step === 'identify') await visitor.post('identify', { national_id: HANH.national_id });
  page = await visitor.post('password', { password });
  if (page.step === 'second-factor') await visitor.post('second-factor', { factor: 'totp' });
  const epoch = Math.floor(Date.now() / 1000) + stepsOn * 30;
  return visitor.post('code', { code: generateSync({ secret: HANH.totp_secret, epoch }) });
}
async function lastCode(): Promise<string> {
  await pause(200);
  const answer = await fetch(new URL('/sandbox/outbox.json?to=%2B84597000012', app.issuer));
  const [message] = (await answer.json()) as { text: string }[];
  return /^\d{6}/.exec(message?.text ?? '')?.[0] ?? 'none';
}

test('a newcomer sent by a portal registers, signs in and arrives there; then opens the account', async () => {
  const visitor = new Visitor(app.issuer);
  const first = await visitor.arrive(services);
  const registerUrl = /href="(\/register\?interaction=[^"]+)"/.exec(first.html)?.[1] ?? '';
  expect((await visitor.open(registerUrl)).step).toBe('register');
  expect((await send(visitor, '/register', QUAN)).step).toBe('register-code');
  expect((await send(visitor, '/register/code', { code: await lastCode() })).step).toBe('register-password');
  const done = await send(visitor, '/register/password', { password: PASSWORD });
  expect(done.step).toBe('register-done');

  const continueUrl = /href="(\/interaction\/[^"]+)"/.exec(done.html)?.[1] ?? '';
  expect((await visitor.open(continueUrl)).step).toBe('identify');
  visitor.base = continueUrl;
  await visitor.post('identify', { national_id: QUAN.national_id });
  expect((await visitor.post('password', { password: PASSWORD })).step).toBe('code');
  const consent = await visitor.post('code', { code: await lastCode() });
  expect(consent.step).toBe('consent');
  const arrived = await visitor.post('consent', { decision: 'allow' });
  expect(arrived.url.href).toContain(services.redirectUri);
  expect(arrived.url.searchParams.get('code')).toBeTruthy();

  const home = await visitor.open('/account');
  expect([home.step, home.url.pathname]).toEqual(['account', '/account']);
  expect(home.html).toContain('Đỗ Minh Quân');
  const history = await visitor.open('/account/history');
  expect(history.html).toContain('Cổng ho-tich');
});

test('the account: sign in, change the password, and nothing of before counts', async () => {
  const here = new Visitor(app.issuer);
  const elsewhere = new Visitor(app.issuer);
  expect((await elsewhere.open('/account')).step).toBe('identify');
  expect((await signIn(elsewhere)).step).toBe('account');

  const asked = await here.open('/account/password');
  expect(asked.step).toBe('identify');
  const page = await signIn(here, HANH.password, 1);
  expect([page.step, page.url.pathname]).toEqual(['change-password', '/account/password']);
  await pause(1100); // a session counts by the second
  const changed = await send(here, '/account/password', { password: 'mây trắng đầu non' });
  expect([changed.step, changed.url.search]).toEqual(['signed-out', '?why=password_changed']);

  expect((await here.open('/account')).step).toBe('identify');
  expect((await elsewhere.open('/account')).step).toBe('identify');
  await cache.flushdb();
});

test('sign-out ends the session of this browser', async () => {
  const visitor = new Visitor(app.issuer);
  await visitor.open('/account');
  visitor.base = visitor.page!.url.pathname;
  await visitor.post('identify', { national_id: QUAN.national_id });
  await visitor.post('password', { password: PASSWORD });
  expect((await visitor.post('code', { code: await lastCode() })).step).toBe('account');
  const asked = await send(visitor, '/account/sign-out');
  expect(asked.step).toBe('sign-out');
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked.html)?.[1] ?? '';
  const out = await visitor.browser.follow('/session/end/confirm', visitor.form({ xsrf, logout: 'yes' }));
  expect(out.answer.status).toBe(200);
  expect((await visitor.open('/account')).step).toBe('identify');
});
