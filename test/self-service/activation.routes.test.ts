import { beforeEach, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { renewInvitation } from '../../src/accounts/renew-invitation.ts';
import { listAuthenticators } from '../../src/authenticators/list-authenticators.ts';
import { activationRoutes } from '../../src/self-service/activation.routes.ts';
import { softDevice } from '../authenticators/soft-device.ts';
import { caseWorld } from '../officers/cases/case-world.ts';
import type { BrowserClient, Page } from '../support/browser-client.ts';
import { installLeakNet, type Secret } from '../support/leak-net.ts';
import { LAN, NOBODY, QUAN, THUY } from './people.ts';
import { PASSWORD } from './world.ts';

const world = await caseWorld();
const server = await world.serve(activationRoutes(world.deps));
const NUMBER = QUAN.national_id;
const PHONE = '0597000012';
const DAY = 24 * 60 * 60;
const secrets: Secret[] = [
  { kind: 'national_id', value: NUMBER },
  { kind: 'name', value: 'Đỗ Minh Quân' },
  { kind: 'phone', value: '+84597000012' },
  { kind: 'password', value: PASSWORD },
];
installLeakNet({ db: world.db, cache: world.cache, secrets: () => secrets });

beforeEach(async () => {
  await world.db.query('ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only');
  await world.db.query('TRUNCATE account, enrolment_case, audit_event CASCADE');
  await world.db.query('ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only');
  await world.cache.flushdb();
  await world.messages();
});

const begin = async (number = NUMBER, browser = server.browser()) => {
  await browser.get('/activate');
  const answer = await browser.post('/activate', { national_id: number });
  return { browser, answer };
};
/** Number and code right: stands at the password. */
const prove = async () => {
  const { browser } = await begin();
  const [message] = await world.messages();
  const code = world.codeIn(message);
  secrets.push({ kind: 'code', value: code });
  await browser.get('/activate/code');
  const proven = await browser.post('/activate/code', { code });
  return { browser, proven, message };
};
const passkeyFor = (page: Page, device = softDevice()): string => {
  const json = /data-options="([^"]+)"/.exec(page.body)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return JSON.stringify(device.create(JSON.parse(json ?? '') as object));
};
const addPasskey = async (browser: BrowserClient) => {
  const page = await browser.get('/activate/factor');
  return browser.post('/activate/passkey', { credential: passkeyFor(page), name: '' });
};
const invited = async () => {
  await world.granted(NUMBER, PHONE);
  await world.messages();
};
const account = () => world.accountOf(NUMBER);

describe('the holder', () => {
  test('activates with a passkey, and has level 02', async () => {
    await invited();
    const { browser, proven, message } = await prove();
    expect(message?.to).toBe('+84597000012');
    expect(message?.text).not.toMatch(/http|\/activate/); // never a link next to a code
    expect(proven.location).toBe('/activate/password');
    await browser.get('/activate/password');
    expect((await browser.post('/activate/password', { password: PASSWORD })).location).toBe('/activate/factor');
    expect((await account())?.state).toBe('granted');
    expect((await addPasskey(browser)).location).toBe('/activate/done');
    expect((await browser.get('/activate/done')).step).toBe('activate-done');
    const found = await account();
    expect(found).toMatchObject({ state: 'active', level: '02' });
    expect((await listAuthenticators(world.deps, found!.subject)).passkeys).toHaveLength(1);
  });

  test('activates with an app', async () => {
    await invited();
    const { browser } = await prove();
    await browser.get('/activate/password');
    await browser.post('/activate/password', { password: PASSWORD });
    const { body } = await browser.get('/activate/app');
    const secret = /class="secret">([^<]+)/.exec(body)?.[1]?.replace(/\s/g, '') ?? '';
    expect((await browser.post('/activate/app', { code: '000000' })).status).toBe(400);
    const code = generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) });
    expect((await browser.post('/activate/app', { code })).location).toBe('/activate/done');
    expect(await account()).toMatchObject({ state: 'active', level: '02' });
  });

  test('of level 01 shows the password they have; a wrong one does nothing', async () => {
    await world.giveAccount(NUMBER);
    await invited();
    const { browser } = await prove();
    const page = await browser.get('/activate/password');
    expect(page.body).toContain('autocomplete="current-password"');
    expect((await browser.post('/activate/password', { password: 'không phải nó' })).status).toBe(400);
    expect((await browser.post('/activate/password', { password: PASSWORD })).location).toBe('/activate/factor');
    expect((await account())?.level).toBe('01');
    await addPasskey(browser);
    expect((await account())?.level).toBe('02');
  });

  test('can begin again after every step, also when everything kept was lost', async () => {
    await invited();
    const first = await prove();
    await first.browser.get('/activate/password');
    await first.browser.post('/activate/password', { password: 'một mật khẩu khác hẳn' });
    await world.cache.flushdb(); // killed between the password and the factor
    expect((await first.browser.get('/activate/factor')).location).toBe('/activate');
    const { browser } = await prove();
    await browser.get('/activate/password');
    await browser.post('/activate/password', { password: PASSWORD });
    expect((await addPasskey(browser)).location).toBe('/activate/done');
    expect((await listAuthenticators(world.deps, (await account())!.subject)).passkeys).toHaveLength(1);
  });
});

describe('attacks', () => {
  test('without the code there is no password page, and no factor without the password', async () => {
    await invited();
    const { browser } = await begin();
    for (const path of ['/activate/password', '/activate/factor', '/activate/app', '/activate/done'])
      expect((await browser.get(path)).location).toBe('/activate/code');
    await browser.get('/activate/code');
    expect((await browser.post('/activate/password', { password: PASSWORD })).location).toBe('/activate/code');
    expect((await browser.post('/activate/passkey', { credential: '{}', name: '' })).location).toBe('/activate/code');
    expect((await account())?.state).toBe('granted');
  });

  test("one person's code is worth nothing in another browser", async () => {
    await invited();
    const thief = await begin();
    world.clock.passSeconds(61);
    const owner = await begin();
    const [, newest] = await world.messages();
    const code = world.codeIn(newest);
    await thief.browser.get('/activate/code');
    expect((await thief.browser.post('/activate/code', { code })).status).toBe(400);
    await owner.browser.get('/activate/code');
    expect((await owner.browser.post('/activate/code', { code })).location).toBe('/activate/password');
  });

  test('used once: the same browser, the same forms and a second one change nothing afterwards', async () => {
    await invited();
    const { browser } = await prove();
    await browser.get('/activate/password');
    await browser.post('/activate/password', { password: PASSWORD });
    const page = await browser.get('/activate/factor');
    const credential = passkeyFor(page);
    await browser.post('/activate/passkey', { credential, name: '' });
    for (const [path, fields] of [
      ['/activate/passkey', { credential, name: '' }],
      ['/activate/password', { password: 'mật khẩu của kẻ trộm' }],
    ] as const)
      expect((await browser.post(path, fields)).location).toBe('/activate/done');
    await world.messages();
    world.clock.passSeconds(61);
    await begin();
    expect(await world.messages()).toEqual([]); // a decoy
    expect((await listAuthenticators(world.deps, (await account())!.subject)).passkeys).toHaveLength(1);
  });

  test.each([1, 2, 3, 4, 5])(
    'two browsers that both proved the phone: one activates, the other binds nothing (%i)',
    async () => {
      await invited();
      const one = await prove();
      world.clock.passSeconds(61);
      const two = await prove();
      for (const { browser } of [one, two]) {
        await browser.get('/activate/password');
        await browser.post('/activate/password', { password: PASSWORD });
      }
      const ready = await Promise.all(
        [one, two].map(async ({ browser }) => ({ browser, page: await browser.get('/activate/factor') })),
      );
      const answers = await Promise.all(
        ready.map(({ browser, page }) => browser.post('/activate/passkey', { credential: passkeyFor(page), name: '' })),
      );
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 409]);
      expect((await listAuthenticators(world.deps, (await account())!.subject)).passkeys).toHaveLength(1);
    },
  );

  test('a lock between password and factor ends it', async () => {
    await invited();
    const { browser } = await prove();
    await browser.get('/activate/password');
    await browser.post('/activate/password', { password: PASSWORD });
    const { subject } = (await account())!;
    await lockAccount(world.deps, subject, { ground: 'death', actor: 'registry' });
    expect((await addPasskey(browser)).status).toBe(409);
    expect((await account())?.state).toBe('granted');
    expect((await listAuthenticators(world.deps, subject)).passkeys).toEqual([]);
  });

  test('eight days later nothing but the help desk helps', async () => {
    await invited();
    world.clock.passSeconds(8 * DAY);
    const { browser } = await begin();
    const [message, ...more] = await world.messages();
    expect(more).toEqual([]);
    expect(message?.text).not.toMatch(/\d{6}|http/);
    expect((await browser.get('/activate/password')).location).toBe('/activate/code');
    await renewInvitation(world.deps, (await account())!.subject, 'officer:help');
    world.clock.passSeconds(61);
    expect((await prove()).proven.location).toBe('/activate/password');
  });

  test('days that run out between the code and the factor count too', async () => {
    await invited();
    world.clock.passSeconds(7 * DAY - 60);
    const { browser } = await prove();
    await browser.get('/activate/password');
    await browser.post('/activate/password', { password: PASSWORD });
    world.clock.passSeconds(120);
    expect((await addPasskey(browser)).status).toBe(409);
    expect((await account())?.state).toBe('granted');
  });
});

/** The CSRF token taken out: all that may differ. */
const bare = (page: Page) => page.body.replace(/value="[\w-]{43}"/g, 'CSRF');

test('who stands behind a number cannot be told by words, cost or headers', async () => {
  const cases: [string, string, () => Promise<unknown>, number][] = [
    ['invited', NUMBER, invited, 1],
    ['nobody', NOBODY.national_id, async () => undefined, 0],
    ['no account', THUY.national_id, async () => undefined, 0],
    ['active', LAN.national_id, () => world.giveAccount(LAN.national_id), 0],
    [
      'lapsed',
      NUMBER,
      async () => {
        await invited();
        world.clock.passSeconds(8 * DAY);
      },
      1,
    ],
    [
      'locked',
      NUMBER,
      async () => {
        await invited();
        await lockAccount(world.deps, (await account())!.subject, { ground: 'death', actor: 'registry' });
      },
      0,
    ],
  ];
  let reference: unknown[] | undefined;
  for (const [name, number, prepare, sends] of cases) {
    await world.db.query('TRUNCATE account, enrolment_case CASCADE');
    await world.cache.flushdb();
    await prepare();
    await world.messages();
    const browser = server.browser();
    const seen: unknown[] = [];
    const step = async (work: () => Promise<Page>) => {
      let page: Page | undefined;
      const cost = await world.cost(async () => {
        page = await work();
      });
      if (!page) throw new Error('no page');
      seen.push([
        page.status,
        page.location,
        cost,
        [...page.headers.keys()].filter((one) => one !== 'date').sort(),
        bare(page),
      ]);
    };
    await browser.get('/activate');
    await step(() => browser.post('/activate', { national_id: number }));
    expect([name, (await world.messages()).length]).toEqual([name, sends]);
    await step(() => browser.get('/activate/code'));
    for (let i = 0; i < 5; i += 1) await step(() => browser.post('/activate/code', { code: '000000' }));
    world.clock.passSeconds(16 * 60);
    await step(() => browser.post('/activate/code', { code: '000001' }));
    await step(() => browser.post('/activate/resend'));
    await step(() => browser.get('/activate/password'));
    await step(() => browser.post('/activate/password', { password: PASSWORD }));
    reference ??= seen;
    expect([name, seen]).toEqual([name, reference]);
  }
});
