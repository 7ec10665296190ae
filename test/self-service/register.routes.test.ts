import { beforeEach, describe, expect, test } from '@jest/globals';
import { registerRoutes } from '../../src/self-service/register.routes.ts';
import type { BrowserClient, Page } from '../support/browser-client.ts';
import { DEAD, HARUKA, JEAN, LAN, MINSU, NOBODY, QUAN, THUY, VY, WITHDRAWN, WON, formOf } from './people.ts';
import { PASSWORD, selfServiceWorld } from './world.ts';

const world = await selfServiceWorld();
const server = await world.serve(registerRoutes(world.deps));

const begin = async (form: Record<string, string>, browser = server.browser(), from = '/register') => {
  await browser.get(from);
  return { browser, answer: await browser.post('/register', form) };
};
/** Form and code right: stands at the password. */
const prove = async (form: Record<string, string>, from?: string) => {
  const { browser } = await begin(form, server.browser(), from);
  const [message] = await world.messages();
  await browser.get('/register/code');
  const proven = await browser.post('/register/code', { code: world.codeIn(message) });
  return { browser, proven, message };
};
const accounts = async () => Number((await world.db.query('SELECT count(*) FROM account')).rows[0]?.count);

beforeEach(async () => {
  world.clock.passSeconds(25 * 60 * 60); // limits of a day are over
  await world.cache.flushdb();
});

describe('a newcomer', () => {
  test('registers with form, code and password, and has an active account of level 01', async () => {
    const { browser, proven, message } = await prove(QUAN);
    expect(message?.to).toBe('+84597000012');
    expect([proven.status, proven.location]).toEqual([303, '/register/password']);
    await browser.get('/register/password');
    const set = await browser.post('/register/password', { password: PASSWORD });
    expect([set.status, set.location]).toEqual([303, '/register/done']);
    const done = await browser.get('/register/done');
    expect([done.status, done.step]).toEqual([200, 'register-done']);
    expect(done.body).toContain('href="/account"');

    const account = await world.accountOf(QUAN.national_id);
    expect(account).toMatchObject({ state: 'active', level: '01', grounds: [] });
    expect(account?.personal.reveal()).toMatchObject({ fullName: 'Đỗ Minh Quân', phone: '+84597000012' });
    const { rows } = await world.db.query<{ kind: string }>(
      'SELECT kind FROM audit_event WHERE account_id = $1 ORDER BY kind',
      [account?.subject],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['account.opened', 'password.set', 'registration.completed']);
  });

  test.each([
    ['the residence card', HARUKA],
    ['the passport', MINSU],
  ])('a foreigner registers with the day of issue of %s', async (_, form) => {
    const { browser } = await prove(form);
    await browser.post('/register/password', { password: PASSWORD });
    const account = await world.accountOf(form.national_id);
    expect(account).toMatchObject({ kind: 'foreigner', state: 'active', level: '01' });
    expect(account?.personal.reveal().stay?.passport.number).toMatch(/^X/);
  });

  test('a foreigner whose passport ran out gets no code, and no other answer', async () => {
    world.registry.happen({ kind: 'passport_expired', national_id: JEAN.national_id });
    const { answer } = await begin(JEAN);
    expect([answer.status, answer.location]).toEqual([303, '/register/code']);
    expect(await world.messages()).toEqual([]);
  });

  test('goes back to the visit they came from', async () => {
    const { browser } = await prove(VY, '/register?interaction=vist_0123456789-abc');
    await browser.post('/register/password', { password: PASSWORD });
    expect((await browser.get('/register/done')).body).toContain('href="/interaction/vist_0123456789-abc"');
  });

  test('is not sent anywhere by a made-up visit', async () => {
    const browser = server.browser();
    const page = await browser.get('/register?interaction=' + encodeURIComponent('//evil.example/'));
    expect(page.body).not.toMatch(/(href|action)="(?!\/register\?)[^"]*evil/);
    expect([...browser.cookies.keys()]).not.toContain('eid.register-from');
  });
});

/** What the visitor typed and the CSRF token taken out: all that may differ. */
const bare = (page: Page) => page.body.replace(/•••\s•••\s\d{3}/g, 'PHONE').replace(/value="[\w-]{43}"/g, 'CSRF');

describe('who stands behind the number cannot be told', () => {
  const EXPIRED = WON;
  const OTHERS_PHONE = { ...THUY, phone: '0912345678' };
  const cases: [string, Record<string, string>, number][] = [
    ['may register', THUY, 1],
    ['no such person', NOBODY, 0],
    ['name does not match', { ...THUY, full_name: 'Trần Văn Ai' }, 0],
    ['birth date does not match', { ...THUY, birth_day: '2' }, 0],
    ['card date does not match', { ...THUY, issued_day: '15' }, 0],
    ['has an account, phone on record', LAN, 1],
    ['has an account, data wrong', { ...LAN, issued_day: '16' }, 0],
    ['has an account, another phone', { ...LAN, phone: '0912345678' }, 0],
    ['phone of nobody', OTHERS_PHONE, 0],
    ['phone of another account', { ...THUY, phone: LAN.phone }, 0],
    ['phone of another person', { ...THUY, phone: WON.phone }, 0],
    ['dead', DEAD, 0],
    ['card expired', EXPIRED, 0],
    ['card withdrawn', WITHDRAWN, 0],
    [
      'says to be older than the record',
      formOf('079315000016', 'Trần Tú Uyên', '2005-08-28', '2025-06-06', '0597000016'),
      0,
    ],
  ];
  let reference: string[] | undefined;

  test.each(cases)('%s', async (_, form, sends) => {
    if (!(await world.accountOf(LAN.national_id))) await world.giveAccount(LAN.national_id);
    world.registry.happen({ kind: 'card_expired', national_id: EXPIRED.national_id });
    const browser = server.browser();
    const seen: unknown[] = [];
    const step = async (work: () => Promise<Page>) => {
      let page: Page | undefined;
      const cost = await world.cost(async () => {
        page = await work();
      });
      if (!page) throw new Error('no page');
      const headers = [...page.headers.keys()].filter((name) => name !== 'date').sort();
      seen.push([page.status, page.location, cost, headers, bare(page), [...browser.cookies.keys()].sort()]);
    };
    await browser.get('/register');
    await step(() => browser.post('/register', form));
    const sent = await world.messages();
    await step(() => browser.get('/register/code'));
    for (let i = 0; i < 5; i += 1) await step(() => browser.post('/register/code', { code: '000000' }));
    world.clock.passSeconds(16 * 60);
    await step(() => browser.post('/register/code', { code: '000001' }));
    await step(() => browser.post('/register/resend'));
    await step(() => browser.get('/register/password'));
    await step(() => browser.post('/register/password', { password: PASSWORD }));
    await step(() => browser.get('/register/done'));

    await world.messages();
    expect(sent.length).toBe(sends);
    const wanted = (reference ??= seen.map((line) => JSON.stringify(line)));
    expect(seen.map((line) => JSON.stringify(line))).toEqual(wanted);
  });

  test('the holder of an account is told by message: no code, no link', async () => {
    await begin(LAN);
    const [message, more] = await world.messages();
    expect(message?.to).toBe('+84597000001');
    expect(message?.text).not.toMatch(/\d{4}|http|:\/\//);
    expect(more).toBeUndefined();
  });

  test('nothing is known while the registry is away, for anybody, and nothing typed is lost', async () => {
    world.registry.down = true;
    const pages: Page[] = [];
    for (const form of [THUY, LAN, NOBODY]) pages.push((await begin(form)).answer);
    world.registry.down = false;
    const shape = (page: Page) => bare(page).replace(/ value="[^"]*"/g, '');
    expect(pages.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(new Set(pages.map(shape)).size).toBe(1);
    expect(pages[0]?.body).toContain('286194000013');
    expect(await world.messages()).toEqual([]);
  });

  test('a dead gateway is told to known and unknown alike', async () => {
    world.gateway.outcome = { kind: 'failed', reason: 'down' };
    await begin(THUY);
    await world.messages();
    const answers = [(await begin(THUY)).answer, (await begin(NOBODY)).answer];
    world.gateway.outcome = { kind: 'accepted' };
    world.clock.passSeconds(31);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  });
});

describe('one number, one account', () => {
  test('of two registrations at once one is taken', async () => {
    const one = await prove(THUY);
    const two = await prove(THUY);
    const before = await accounts();
    const ends = await Promise.all(
      [one, two].map(({ browser }) => browser.post('/register/password', { password: PASSWORD })),
    );
    expect(ends.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    expect(ends.find(({ status }) => status === 409)?.step).toBe('register-neutral');
    expect(await accounts()).toBe(before + 1);
  });

  test('a form sent twenty times at once opens one account, and every answer leads to it', async () => {
    const person = formOf('001203000012', '', '', '', '');
    expect(await world.accountOf(person.national_id)).toBeDefined();
    const fresh = formOf('048192000003', 'Lê Thúy Hòa', '1992-02-29', '2021-04-20', '0597000003');
    const { browser } = await prove(fresh);
    const before = await accounts();
    const ends = await Promise.all(
      Array.from({ length: 20 }, () => browser.post('/register/password', { password: PASSWORD })),
    );
    expect(new Set(ends.map(({ status, location }) => `${status} ${location}`))).toEqual(
      new Set(['303 /register/done']),
    );
    expect(await accounts()).toBe(before + 1);
  });

  test('after a crash between commit and answer the same form finds its account', async () => {
    const fresh = formOf('056195000008', 'Bùi Ngọc Ánh', '1995-07-21', '2021-05-17', '0597000008');
    const { browser } = await prove(fresh);
    const set = world.cache.set.bind(world.cache);
    Object.assign(world.cache, { set: () => Promise.reject(new Error('killed')) });
    const crashed = await browser.post('/register/password', { password: PASSWORD });
    Object.assign(world.cache, { set });
    expect(crashed.status).toBe(500);
    expect((await browser.get('/register/code')).location).toBe('/register/password');
    expect((await browser.post('/register/password', { password: PASSWORD })).location).toBe('/register/done');
  });
});

describe('steps in their order only', () => {
  const POSTS: [string, Record<string, string>][] = [
    ['/register/code', { code: '123456' }],
    ['/register/resend', {}],
    ['/register/password', { password: PASSWORD }],
  ];
  const stranger = async (): Promise<BrowserClient> => {
    const browser = server.browser();
    await browser.get('/register');
    return browser;
  };

  test.each(POSTS)('%s without a registration leads to its beginning', async (path, form) => {
    const browser = await stranger();
    const answer = await browser.post(path, form);
    expect([answer.status, answer.location]).toEqual([303, '/register']);
  });

  test.each(['/register/code', '/register/password', '/register/done'])('%s without one, too', async (path) => {
    expect((await (await stranger()).get(path)).location).toBe('/register');
  });

  test('a made-up cookie opens nothing', async () => {
    const browser = await stranger();
    for (const value of ['x', 'a'.repeat(43), '../..', '*']) {
      browser.cookies.set('eid.register', value);
      expect((await browser.get('/register/password')).location).toBe('/register');
    }
  });

  test('password before code is refused, and sets nothing', async () => {
    const form = formOf('092201000005', 'Võ Gia Khang', '2001-01-07', '2026-02-11', '0597000005');
    const { browser } = await begin(form);
    await world.messages();
    const before = await accounts();
    expect((await browser.post('/register/password', { password: PASSWORD })).location).toBe('/register/code');
    expect(await accounts()).toBe(before);
  });

  test('a code of another registration proves nothing, and a code serves once', async () => {
    const form = formOf('092201000005', 'Võ Gia Khang', '2001-01-07', '2026-02-11', '0597000005');
    const first = await begin(form);
    const [ofFirst] = await world.messages();
    const second = await begin(form);
    await world.messages();
    const code = world.codeIn(ofFirst);
    expect((await second.browser.post('/register/code', { code })).status).toBe(400);
    expect((await first.browser.post('/register/code', { code })).location).toBe('/register/password');
    expect((await second.browser.post('/register/code', { code })).status).toBe(400);
    expect((await first.browser.post('/register/code', { code })).location).toBe('/register/password');
  });

  test('a decoy takes no code at all', async () => {
    const { browser } = await begin({ ...QUAN, phone: '0912345678' });
    expect(await world.messages()).toEqual([]);
    expect((await browser.post('/register/code', { code: '111111' })).status).toBe(400);
    expect((await browser.get('/register/password')).location).toBe('/register/code');
  });

  test('after 15 minutes it begins again', async () => {
    const { browser } = await begin(NOBODY);
    const [key] = await world.cache.keys('eid:registration:*');
    expect(await world.cache.ttl(String(key))).toBeGreaterThan(890);
    await browser.post('/register/code', { code: '111111' });
    await world.cache.del(String(key));
    expect((await browser.post('/register/code', { code: '111111' })).location).toBe('/register');
    expect(await world.cache.keys('eid:registration:*')).toEqual([]);
  });

  test('restart forgets what was typed', async () => {
    const { browser } = await begin(NOBODY);
    expect((await browser.post('/register/restart')).location).toBe('/register');
    expect(await world.cache.keys('eid:registration:*')).toEqual([]);
    expect((await browser.get('/register/code')).location).toBe('/register');
  });

  test('each registration has a cookie of its own, whatever the browser brought', async () => {
    const browser = await stranger();
    browser.cookies.set('eid.register', 'a'.repeat(43));
    await browser.post('/register', NOBODY);
    expect(browser.cookies.get('eid.register')).not.toBe('a'.repeat(43));
  });
});

describe('limits', () => {
  test('codes may be asked for again, not at once', async () => {
    const { browser } = await begin(NOBODY);
    await browser.get('/register/code');
    expect((await browser.post('/register/resend')).location).toBe('/register/code');
    const soon = await browser.post('/register/resend');
    expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '10']);
    world.clock.passSeconds(11);
    expect((await browser.post('/register/resend')).location).toBe('/register/code');
  });

  test.each([
    ['known', LAN],
    ['unknown', NOBODY],
  ])('20 a day for one number, %s', async (_, form) => {
    for (let i = 0; i < 20; i += 1) {
      world.clock.passSeconds(11);
      expect((await begin({ ...form, phone: `09120000${i + 10}` })).answer.status).toBe(303);
    }
    const asked = await world.cost(() => begin({ ...form, phone: '0912000099' }));
    expect(asked.registry).toBe(0);
    expect((await begin(form)).answer.status).toBe(429);
  });

  test('20 a day for one phone, whosoever number is typed', async () => {
    for (let i = 0; i < 20; i += 1) {
      const answer = (await begin({ ...NOBODY, national_id: `0012039999${i + 10}` })).answer;
      expect(answer.status).toBe(303);
    }
    expect((await begin({ ...NOBODY, national_id: '001203999999' })).answer.status).toBe(429);
  });

  test('a hundred wrong codes do not close registration for good, nor lock signing in', async () => {
    const { browser } = await begin(NOBODY);
    for (let i = 0; i < 6; i += 1) await browser.post('/register/code', { code: '000000' });
    expect((await browser.post('/register/code', { code: '000000' })).status).toBe(429);
    world.clock.passSeconds(24 * 60 * 60);
    await world.cache.del(...(await world.cache.keys('eid:registrations:*')));
    const next = await begin(NOBODY);
    expect((await next.browser.post('/register/code', { code: '000000' })).status).toBe(400);
  });
});

describe('bad passwords', () => {
  test.each([
    ['short', 'too_short'],
    ['matkhau123', 'breached'],
    ['sinh ngay 25122003', 'own_data'],
    ['x'.repeat(129), 'too_long'],
  ])('%s', async (password) => {
    const form = formOf('092201000005', 'Võ Gia Khang', '2001-01-07', '2026-02-11', '0597000005');
    const own = password.includes('2512') ? password.replace('25122003', '07012001') : password;
    const { browser } = await prove(form);
    const before = await accounts();
    const answer = await browser.post('/register/password', { password: own });
    expect([answer.status, answer.step]).toEqual([400, 'register-password']);
    expect(answer.body).not.toContain(own);
    expect(await accounts()).toBe(before);
  });
});

test('nothing typed is found in clear in Redis, the audit or the log', async () => {
  const form = formOf('086060000007', 'Nguyễn Văn Út', '1960', '2022-12-01', '0597000007');
  const { browser, message } = await prove(form);
  await browser.post('/register/password', { password: PASSWORD });
  await begin({ ...DEAD, phone: '0912345678' });
  const kept: string[] = [];
  for (const key of await world.cache.keys('*')) {
    const type = await world.cache.type(key);
    kept.push(
      key,
      type === 'hash'
        ? JSON.stringify(await world.cache.hgetall(key))
        : type === 'list'
          ? JSON.stringify(await world.cache.lrange(key, 0, -1))
          : String(await world.cache.get(key)),
    );
  }
  const { rows } = await world.db.query('SELECT * FROM audit_event');
  const all = [...kept, JSON.stringify(rows), ...server.lines].join('\n');
  const secrets = ['086060000007', '597000007', 'Văn Út', PASSWORD, world.codeIn(message), '038152000011', '912345678'];
  for (const secret of secrets) expect(all).not.toContain(secret);
  expect(world.faults).toEqual([]);
});
