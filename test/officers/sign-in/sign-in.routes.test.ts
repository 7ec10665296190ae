import { expect, test } from '@jest/globals';
import { TEST_PEOPLE } from '../../../src/sandbox/people.ts';
import { assertWith, officerOf, optionsOf, startConsole } from '../console.ts';

const world = await startConsole();
const { clock, events, signIn, show } = world;
const counter = officerOf('counter_officer');
const admin = officerOf('security_administrator');

test('an officer comes in by passkey, to the page they wanted', async () => {
  const browser = world.browser();
  const away = await browser.get('/console');
  expect([away.status, away.location]).toEqual([303, '/console/sign-in?to=%2Fconsole']);
  const { body, step } = await browser.get('/console/sign-in?to=/console/officers');
  expect(step).toBe('officer-sign-in');
  const answer = await show(browser, '/console/sign-in', body, admin);
  expect([answer.status, answer.location]).toEqual([303, '/console/officers']);
  const start = await browser.get('/console');
  expect(start.step).toBe('console-start');
  expect(start.body).toContain(admin.name);
  expect((await events('officer.signed_in')).at(-1)?.actor).toBe(`officer:${admin.officerId}`);
});

test('not by a passkey of a citizen', async () => {
  const passkey = TEST_PEOPLE.find(({ account }) => account?.passkey)?.account?.passkey;
  const browser = world.browser();
  const { body } = await browser.get('/console/sign-in');
  const answer = await browser.post('/console/sign-in', {
    credential: assertWith(passkey!, optionsOf(body), world.origin),
    to: '/console',
  });
  expect([answer.status, answer.step]).toEqual([422, 'officer-sign-in']);
  expect(browser.cookies.has('eid.officer')).toBe(false);
  expect((await events('officer.sign_in_rejected')).at(-1)?.data).toEqual({ why: 'unknown' });
});

test('not by an assertion used before, made in another browser, for another site, or for a challenge gone old', async () => {
  const browser = world.browser();
  const { body } = await browser.get('/console/sign-in');
  const credential = assertWith(counter.passkey, optionsOf(body), world.origin);
  const stolen = world.browser();
  await stolen.get('/console/sign-in');
  expect((await stolen.post('/console/sign-in', { credential, to: '/console' })).status).toBe(422);
  expect((await browser.post('/console/sign-in', { credential, to: '/console' })).status).toBe(422); // burnt by the thief

  const fresh = await browser.get('/console/sign-in');
  const once = assertWith(counter.passkey, optionsOf(fresh.body), world.origin);
  expect((await browser.post('/console/sign-in', { credential: once, to: '/console' })).status).toBe(303);
  browser.cookies.delete('eid.officer');
  expect((await browser.post('/console/sign-in', { credential: once, to: '/console' })).status).toBe(422);

  const other = await browser.get('/console/sign-in');
  const phished = assertWith(counter.passkey, optionsOf(other.body), 'https://evil.example');
  expect((await browser.post('/console/sign-in', { credential: phished, to: '/console' })).status).toBe(422);
});

test.each(['', '{', '[]', '{"id":1}', 'null'])(
  'a credential of %j is refused, and nothing breaks',
  async (credential) => {
    const browser = world.browser();
    await browser.get('/console/sign-in');
    expect((await browser.post('/console/sign-in', { credential, to: '/console' })).status).toBe(422);
  },
);

test.each([
  'https://evil.example/console',
  '//evil.example/console',
  '/account',
  '/consoles',
  '/console/../account',
  '',
])('nobody is sent to %j after the sign-in', async (to) => {
  const browser = world.browser();
  const { body } = await browser.get(`/console/sign-in?to=${encodeURIComponent(to)}`);
  const credential = assertWith(counter.passkey, optionsOf(body), world.origin);
  expect((await browser.post('/console/sign-in', { credential, to })).location).toBe('/console');
});

test('a cookie taken away is worth nothing after 15 minutes of silence, nor after 12 hours of work', async () => {
  const browser = await signIn(counter);
  clock.passSeconds(15 * 60 - 1);
  expect((await browser.get('/console')).status).toBe(200);
  clock.passSeconds(15 * 60);
  expect((await browser.get('/console')).location).toContain('/console/sign-in');

  const busy = await signIn(counter);
  for (let minutes = 10; minutes < 12 * 60; minutes += 10) {
    clock.passSeconds(600);
    expect((await busy.get('/console')).status).toBe(200);
  }
  clock.passSeconds(600);
  expect((await busy.get('/console')).location).toContain('/console/sign-in');
});

test('the next officer in the same browser ends the session of the one before', async () => {
  const browser = await signIn(counter);
  const before = browser.cookies.get('eid.officer')!;
  browser.cookies.delete('eid.officer');
  const { body } = await browser.get('/console/sign-in');
  browser.cookies.set('eid.officer', before);
  expect((await show(browser, '/console/sign-in', body, admin)).status).toBe(303);
  expect((await browser.get('/console')).body).toContain(admin.name);
  browser.cookies.set('eid.officer', before);
  expect((await browser.get('/console')).status).toBe(303);
});

test('signing out ends the session itself, not only the cookie', async () => {
  const browser = await signIn(counter);
  const copy = new Map(browser.cookies);
  await browser.get('/console');
  const answer = await browser.post('/console/sign-out');
  expect(answer.location).toBe('/console/sign-in?signed-out=1');
  for (const [name, value] of copy) browser.cookies.set(name, value);
  expect((await browser.get('/console')).status).toBe(303);
});

test('a form without the token of this browser does nothing', async () => {
  const browser = await signIn(counter);
  const answer = await fetch(`${world.origin}/console/sign-out`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'csrf=forged',
  });
  expect(answer.status).toBe(403);
  expect((await browser.get('/console')).status).toBe(200);
});

test('an officer disabled is out at the next request, in every browser', async () => {
  const [a, b] = [await signIn(officerOf('approver')), await signIn(officerOf('approver'))];
  await world.db.query(`UPDATE officer SET state = 'disabled' WHERE officer_id = $1`, [
    officerOf('approver').officerId,
  ]);
  expect((await a.get('/console')).status).toBe(303);
  expect((await b.get('/console')).status).toBe(303);
  await expect(signIn(officerOf('approver'))).rejects.toThrow('422');
});

test('the passkey shown again makes a new cookie of the same session, and no longer one', async () => {
  const browser = await signIn(counter);
  const before = browser.cookies.get('eid.officer');
  clock.passSeconds(600);
  const { body, step } = await browser.get('/console/re-authenticate?to=/console');
  expect(step).toBe('officer-re-authenticate');
  expect((await show(browser, '/console/re-authenticate', body, counter)).location).toBe('/console');
  expect(browser.cookies.get('eid.officer')).not.toBe(before);
  expect((await events('officer.reauthenticated')).at(-1)?.actor).toBe(`officer:${counter.officerId}`);
  const again = await browser.get('/console/re-authenticate?to=/console');
  expect((await show(browser, '/console/re-authenticate', again.body, admin)).status).toBe(422);
  browser.cookies.set('eid.officer', before!);
  expect((await browser.get('/console')).status).toBe(303);
});
