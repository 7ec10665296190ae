import { expect, test } from '@jest/globals';
import { softDevice } from '../../authenticators/soft-device.ts';
import type { BrowserClient } from '../../support/browser-client.ts';
import { assertWith, officerOf, optionsOf, startConsole } from '../console.ts';

const world = await startConsole();
const { clock, db, events, signIn } = world;
const [bao, oanh] = [officerOf('security_administrator', 0), officerOf('security_administrator', 1)];

/** Invites as `browser`, and gives back the id of the new officer. */
async function invite(browser: BrowserClient, name: string): Promise<string> {
  await browser.get('/console/officers/invite');
  const answer = await browser.post('/console/officers/invite', { name, role: 'help_desk', office: 'ha-noi' });
  expect(answer.location).toBe('/console/officers?done=invited');
  const { rows } = await db.query<{ officer_id: string }>(
    'SELECT officer_id FROM officer ORDER BY created_at DESC, state = $1 DESC LIMIT 1',
    ['invited'],
  );
  clock.passSeconds(1);
  return rows[0]!.officer_id;
}

async function confirm(browser: BrowserClient, id: string): Promise<string> {
  await browser.get(`/console/officers/${id}/confirm`);
  const { body, status, step } = await browser.post(`/console/officers/${id}/confirm`);
  expect([status, step]).toEqual([200, 'console-link']);
  return new URL(/<code class="copy">([^<]+)</.exec(body)![1]!).pathname;
}

async function enrol(path: string, device = softDevice()) {
  const browser = world.browser();
  const { body } = await browser.get(path);
  const credential = JSON.stringify(device.create(optionsOf(body), world.origin));
  return { browser, credential, answer: await browser.post(path, { credential }) };
}

test('invited by one, confirmed by another, enrolled by the link, signed in with the new passkey', async () => {
  const [first, second] = [await signIn(bao), await signIn(oanh)];
  const id = await invite(first, 'Trịnh Văn Quyết');
  const path = await confirm(second, id);
  const device = softDevice();
  const { answer, browser } = await enrol(path, device);
  expect([answer.status, answer.step]).toEqual([200, 'officer-enrolled']);

  const { body } = await browser.get('/console/sign-in');
  const credential = JSON.stringify(device.get(optionsOf(body), world.origin));
  expect((await browser.post('/console/sign-in', { credential, to: '/console' })).location).toBe('/console');
  expect((await browser.get('/console')).body).toContain('Trịnh Văn Quyết');
  for (const [kind, actor] of [
    ['officer.invited', bao.officerId],
    ['officer.confirmed', oanh.officerId],
    ['officer.enrolled', id],
    ['officer.signed_in', id],
  ] as const) {
    expect((await events(kind)).at(-1)?.actor).toBe(`officer:${actor}`);
  }
});

test('nobody confirms whom they invited, on the page or past it, nor hands out another link', async () => {
  const first = await signIn(bao);
  const id = await invite(first, 'Lê Tự Mời');
  await first.get(`/console/officers/${id}/confirm`);
  const answer = await first.post(`/console/officers/${id}/confirm`);
  expect([answer.status, answer.step]).toEqual([409, 'console-confirm']);
  expect(answer.body).not.toContain('/console/enrol/');
  await confirm(await signIn(oanh), id);
  expect((await first.post(`/console/officers/${id}/confirm`)).status).toBe(409);
  await expect(db.query('UPDATE officer SET confirmed_by = invited_by WHERE officer_id = $1', [id])).rejects.toThrow(
    'officer_invited_and_confirmed_by_two',
  );
});

test('the link is good once, for a day, and no more once another is made or the officer disabled', async () => {
  const [first, second] = [await signIn(bao), await signIn(oanh)];
  const id = await invite(first, 'Hà Thị Liên');
  const gone = async (path: string) => (await world.browser().get(path)).status;

  const path = await confirm(second, id);
  const renewed = await confirm(second, id);
  expect(await gone(path)).toBe(410);
  clock.passSeconds(24 * 60 * 60);
  expect(await gone(renewed)).toBe(410);

  const again = await confirm(await signIn(oanh), id);
  const { answer, browser, credential } = await enrol(again);
  expect(answer.step).toBe('officer-enrolled');
  expect(await gone(again)).toBe(410);
  expect((await browser.post(again, { credential })).status).toBe(410);

  const other = await invite(await signIn(bao), 'Ngô Bị Ngừng');
  const admin = await signIn(oanh);
  const unused = await confirm(admin, other);
  await admin.get(`/console/officers/${other}/disable`);
  expect((await admin.post(`/console/officers/${other}/disable`)).location).toBe('/console/officers?done=disabled');
  expect(await gone(unused)).toBe(410);
  expect(await gone('/console/enrol/no-such-link')).toBe(410);
});

test('two devices at one link: one officer, one passkey', async () => {
  const id = await invite(await signIn(bao), 'Đinh Song Song');
  const path = await confirm(await signIn(oanh), id);
  const devices = [world.browser(), world.browser()];
  const begun = await Promise.all(devices.map(async (browser) => ({ browser, ...(await browser.get(path)) })));
  const answers = await Promise.all(
    begun.map(({ browser, body }) => {
      const credential = JSON.stringify(softDevice().create(optionsOf(body), world.origin));
      return browser.post(path, { credential });
    }),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
  const { rows } = await db.query('SELECT 1 FROM officer_passkey WHERE officer_id = $1', [id]);
  expect(rows).toHaveLength(1);
});

test('a device that checks nobody, or an answer from another browser, makes no officer, and the link stays', async () => {
  const id = await invite(await signIn(bao), 'Kiều Chưa Xong');
  const path = await confirm(await signIn(oanh), id);
  const browser = world.browser();
  const here = await browser.get(path);
  const elsewhere = world.browser();
  await elsewhere.get(path);
  const credential = JSON.stringify(softDevice().create(optionsOf(here.body), world.origin));
  expect((await elsewhere.post(path, { credential })).status).toBe(422);
  const unverified = softDevice({ verifies: false });
  const next = await browser.get(path);
  const unchecked = JSON.stringify(unverified.create(optionsOf(next.body), world.origin));
  expect((await browser.post(path, { credential: unchecked })).status).toBe(422);
  expect((await browser.get(path)).status).toBe(200);
});

test('disabling ends the sessions of that officer at once, and nobody disables themself', async () => {
  const desk = officerOf('help_desk');
  const [helper, admin] = [await signIn(desk), await signIn(bao)];
  const at = `/console/officers/${desk.officerId}/disable`;
  await admin.get(at);
  expect((await admin.post(at)).status).toBe(303);
  expect((await helper.get('/console')).location).toContain('/console/sign-in');
  expect((await events('officer.disabled')).at(-1)).toEqual({
    actor: `officer:${bao.officerId}`,
    data: { officer: desk.officerId },
  });
  const own = `/console/officers/${bao.officerId}/disable`;
  await admin.get(own);
  expect((await admin.post(own)).status).toBe(409);
  expect((await admin.get('/console')).status).toBe(200);
});

test('after 5 minutes the passkey is wanted again, a form is not sent by itself, and they come back to its page', async () => {
  const browser = await signIn(bao);
  await browser.get('/console/officers/invite');
  clock.passSeconds(5 * 60 + 1);
  const before = (await events('officer.invited')).length;
  const away = await browser.post(
    '/console/officers/invite',
    { name: 'Ai Đó', role: 'auditor', office: 'mps' },
    { referer: `${world.origin}/console/officers/invite` },
  );
  expect(away.location).toBe('/console/re-authenticate?to=%2Fconsole%2Fofficers%2Finvite');
  const page = await browser.get(away.location!);
  const answer = await browser.post('/console/re-authenticate', {
    credential: assertWith(bao.passkey, optionsOf(page.body), world.origin),
    to: '/console/officers/invite',
  });
  expect(answer.location).toBe('/console/officers/invite');
  expect((await browser.get(answer.location!)).step).toBe('console-invite');
  expect(await events('officer.invited')).toHaveLength(before);
});

test('an invitation that names no role, office or name comes back with what is missing', async () => {
  const browser = await signIn(bao);
  await browser.get('/console/officers/invite');
  const answer = await browser.post('/console/officers/invite', { name: '<b>', role: 'king', office: 'nowhere' });
  expect([answer.status, answer.step]).toEqual([422, 'console-invite']);
  expect(answer.body).toContain('&lt;b&gt;');
  const nowhere = await browser.post('/console/officers/invite', { name: 'An', role: 'auditor', office: 'nowhere' });
  expect(nowhere.status).toBe(422);
});

test('an office goes one tier below the one it answers to, once, and not below a commune', async () => {
  const browser = await signIn(bao);
  await browser.get('/console/offices/add');
  const add = (office_id: string, parent_id: string) =>
    browser.post('/console/offices/add', {
      office_id,
      parent_id,
      name_vi: 'Công an phường Sài Gòn',
      name_en: 'Sài Gòn',
    });
  expect((await add('sai-gon', 'ho-chi-minh')).location).toBe('/console/offices?done=added');
  expect((await add('sai-gon', 'ho-chi-minh')).status).toBe(422);
  expect((await add('khu-pho', 'sai-gon')).status).toBe(422);
  expect((await add('Sài Gòn', 'ho-chi-minh')).status).toBe(422);
  const { rows } = await db.query(`SELECT tier FROM office WHERE office_id = 'sai-gon'`);
  expect(rows).toEqual([{ tier: 'commune' }]);
  expect((await browser.get('/console/offices')).body).toContain('Công an phường Sài Gòn');
  expect((await browser.get('/console/officers?state=active&office=ha-noi')).status).toBe(200);
});
