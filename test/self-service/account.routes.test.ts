import { beforeEach, describe, expect, test } from '@jest/globals';
import { changeAccount } from '../../src/accounts/change-account.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { record } from '../../src/audit/record.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { decideConsent } from '../../src/portals/decide-consent.ts';
import { listConsents } from '../../src/portals/list-consents.ts';
import { softDevice } from '../authenticators/soft-device.ts';
import type { Page } from '../support/browser-client.ts';
import { accountWorld, INSURANCE } from './account-world.ts';
import { ISSUER } from './world.ts';

const world = await accountWorld();
const { server, signIn, settle, enrolled } = world;

/** What a page sends a person to sign in with; undefined when it does not. */
const asked = (page: Page) => {
  if (page.status !== 303 || !page.location?.startsWith('/auth?')) return undefined;
  return Object.fromEntries(new URLSearchParams(page.location.slice('/auth?'.length)));
};
/** Comes back from the provider, as whoever is signed in now. */
const back = async (browser: ReturnType<typeof server.browser>, left: Page, more = '') =>
  browser.get(`/account/signed-in?state=${asked(left)?.['state'] ?? ''}${more}`);

beforeEach(async () => {
  world.clock.passSeconds(24 * 60 * 60);
  await world.cache.flushdb();
  signIn(undefined);
});

describe('nobody but the holder comes in', () => {
  const OPEN = ['/account/signed-in', '/account/signed-out'];
  const guarded = world.routes.filter(({ path }) => path.startsWith('/account') && !OPEN.includes(path));
  const visit = async ({ method, path, fields }: (typeof guarded)[number]) => {
    const browser = server.browser();
    await browser.get('/register');
    const form = Object.fromEntries((fields ?? []).map((name) => [name, 'x']));
    return method === 'GET' ? browser.get(path) : browser.post(path, form);
  };

  test('there are such routes', () => expect(guarded.length).toBe(38));

  test.each(guarded)('$method $path without a session', async (route) => {
    const parameters = asked(await visit(route));
    expect(parameters).toMatchObject({
      client_id: 'account',
      response_type: 'none',
      scope: 'openid',
      redirect_uri: `${ISSUER}/account/signed-in`,
      acr_values: 'LoA1',
    });
    expect(parameters?.['prompt']).toBeUndefined();
  });

  const ENDINGS: [string, (subject: SubjectId) => Promise<unknown>][] = [
    ['locked', (subject) => lockAccount(world.deps, subject, { ground: 'self_request', actor: 'test' } as never)],
    ['ended', (subject) => changeAccount(world.deps, subject, { change: 'end', actor: 'test', shown: [] })],
    [
      'credentials changed',
      (subject) =>
        world.db.query('UPDATE account SET credentials_changed_at = $2 WHERE account_id = $1', [
          subject,
          new Date(world.clock.now().getTime() + 1000),
        ]),
    ],
  ];
  test.each(ENDINGS)('a session of before the account was %s opens none of them', async (_, end) => {
    const subject = await settle('02', { totp: true, passkey: true });
    signIn(subject, ['hwk', 'user', 'mfa']);
    await end(subject);
    for (const route of guarded) expect(asked(await visit(route))).toMatchObject({ prompt: 'login' });
    expect(await enrolled(subject)).toMatchObject({ password: true, totp: {}, passkeys: [{}] });
  });

  test.each(guarded.filter(({ method }) => method === 'POST'))(
    '$path without the token of its page',
    async ({ path }) => {
      signIn(await settle('01'));
      expect((await server.browser().post(path)).status).toBe(403);
    },
  );
});

describe('signing in to the pages', () => {
  test('leads back to the page that was wanted', async () => {
    const subject = await settle('01');
    const browser = server.browser();
    const left = await browser.get('/account/history?before=2026-01-01');
    signIn(subject);
    expect((await back(browser, left)).location).toBe('/account/history?before=2026-01-01');
  });

  test('a state of another browser, or none, leads only home', async () => {
    const subject = await settle('01');
    const left = await server.browser().get('/account/consents');
    signIn(subject);
    expect((await back(server.browser(), left)).location).toBe('/account');
    expect((await server.browser().get('/account/signed-in')).location).toBe('/account');
  });

  test('a refusal never goes round', async () => {
    const browser = server.browser();
    const left = await browser.get('/account');
    const answer = await back(browser, left, '&error=access_denied');
    expect(answer.location).toBe('/account/signed-out?why=not_signed_in');
    expect((await browser.get(String(answer.location))).step).toBe('signed-out');
  });

  test.each([
    '//evil.example',
    'https://evil.example/account',
    '/account@evil.example',
    '/account/../../x',
    '/account\\evil',
    '/register',
    '/account?x=//evil',
    'javascript:alert(1)',
    '/account/\n',
  ])('a cookie that wants %j leads home', async (wanted) => {
    signIn(await settle('01'));
    const browser = server.browser();
    browser.cookies.set('eid.account-away', `s.0.${Buffer.from(wanted).toString('base64url')}`);
    expect((await browser.get('/account/signed-in?state=s')).location).toBe('/account');
  });

  test('signed-out says only what it knows', async () => {
    const page = await server.browser().get('/account/signed-out?why=%3Cscript%3E');
    expect([page.status, page.step]).toEqual([200, 'signed-out']);
    expect(page.body).not.toContain('<script>');
  });
});

describe('a change of factors needs the highest one, shown lately', () => {
  const low = ['pwd', 'sms', 'mfa'];
  const app = ['pwd', 'otp', 'mfa'];
  const key = ['hwk', 'user', 'mfa'];
  const WAYS: [string, 'GET' | 'POST', Record<string, string>][] = [
    ['/account/totp/add', 'GET', {}],
    ['/account/totp/add', 'POST', { code: '123456' }],
    ['/account/totp/remove', 'GET', {}],
    ['/account/totp/remove', 'POST', {}],
    ['/account/passkey/add', 'GET', {}],
    ['/account/passkey/add', 'POST', { credential: '{}', name: 'x' }],
    ['/account/passkey/remove?id=ID', 'GET', {}],
    ['/account/passkey/remove', 'POST', { id: 'ID' }],
    ['/account/password', 'GET', {}],
    ['/account/password', 'POST', { password: 'một mật khẩu mới' }],
  ];
  const CASES: ['01' | '02', { totp?: boolean; passkey?: boolean }, string[], number, string][] = [
    ['02', { totp: true, passkey: true }, low, 0, 'LoA3'],
    ['02', { totp: true, passkey: true }, app, 0, 'LoA3'],
    ['02', { totp: true, passkey: true }, key, 20 * 60 + 1, 'LoA3'],
    ['02', { totp: true }, low, 0, 'LoA2'],
    ['02', { totp: true }, app, 20 * 60 + 1, 'LoA2'],
    ['01', { passkey: true }, low, 0, 'LoA1'],
    ['01', {}, low, 20 * 60 + 1, 'LoA1'],
  ];
  test.each(CASES)('level %s with %j, signed in by %j %i s ago', async (level, held, amr, ago, acr) => {
    const subject = await settle(level, held);
    const id = held.passkey ? await world.passkeyOf(subject) : 'none';
    world.clock.passSeconds(ago);
    signIn(subject, amr, ago);
    const before = [await enrolled(subject), (await world.factsOf(subject)).credentialsChangedAt];
    for (const [path, method, form] of WAYS) {
      const isMissing = path.includes('remove') && !(path.includes('totp') ? held.totp : held.passkey);
      const browser = server.browser();
      await browser.get('/account');
      const named = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value.replace('ID', id)]));
      const page = await (method === 'GET' ? browser.get(path.replace('ID', id)) : browser.post(path, named));
      if (isMissing && method === 'POST') expect(page.location).toBe('/account/authenticators');
      else expect(asked(page)).toMatchObject({ prompt: 'login', max_age: '1200', acr_values: acr });
    }
    expect([await enrolled(subject), (await world.factsOf(subject)).credentialsChangedAt]).toEqual(before);
  });

  test('whoever signs in again by a lesser way is told which one it takes, and does not go round', async () => {
    const subject = await settle('01', { passkey: true });
    const browser = server.browser();
    signIn(subject, low);
    const left = await browser.get('/account/password');
    expect((await back(browser, left)).location).toBe('/account/password');
    const again = await browser.get('/account/password');
    expect([again.status, again.step]).toEqual([403, 'step-up']);
    expect(asked(await browser.get('/account/password'))).toBeDefined();
  });
});

describe('adding', () => {
  test('an app: a wrong code keeps the picture, the right one counts once', async () => {
    const subject = await settle('02');
    signIn(subject);
    const browser = server.browser();
    const shown = await browser.get('/account/totp/add');
    const secretOf = (page: Page) => /class="secret">([^<]+)</.exec(page.body)?.[1]?.replaceAll(' ', '') ?? '';
    const secret = secretOf(shown);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(shown.body).toContain('<svg');
    const wrong = await browser.post('/account/totp/add', { code: '000000' });
    expect([wrong.status, secretOf(wrong)]).toEqual([400, secret]);
    const code = world.codeNow(secret);
    expect((await browser.post('/account/totp/add', { code })).location).toBe(
      '/account/authenticators?done=totp_added',
    );
    expect((await enrolled(subject)).totp).toBeDefined();
    // the session of before showed no app code: it may change nothing any more
    expect(asked(await browser.post('/account/totp/add', { code }))).toMatchObject({ acr_values: 'LoA2' });
  });

  test('an app begun by one person cannot be finished by another, nor in another sign-in', async () => {
    const [one, two] = [await settle('02'), await settle('02')];
    signIn(one);
    const browser = server.browser();
    const secret = /class="secret">([^<]+)</.exec((await browser.get('/account/totp/add')).body)?.[1] ?? '';
    const code = world.codeNow(secret.replaceAll(' ', ''));
    signIn(two);
    expect((await browser.post('/account/totp/add', { code })).status).toBe(400);
    world.clock.passSeconds(1);
    signIn(one);
    expect((await browser.post('/account/totp/add', { code })).status).toBe(400);
    expect([(await enrolled(one)).totp, (await enrolled(two)).totp]).toEqual([undefined, undefined]);
  });

  const optionsOf = (page: Page): unknown =>
    JSON.parse((/data-options="([^"]+)"/.exec(page.body)?.[1] ?? '{}').replaceAll('&quot;', '"'));

  test('a passkey, of a device that verifies its holder', async () => {
    const subject = await settle('02');
    signIn(subject);
    const browser = server.browser();
    const options = optionsOf(await browser.get('/account/passkey/add'));
    const credential = JSON.stringify(softDevice().create(options, ISSUER));
    const added = await browser.post('/account/passkey/add', { credential, name: 'Máy của tôi' });
    expect(added.location).toBe('/account/authenticators?done=passkey_added');
    expect((await enrolled(subject)).passkeys).toMatchObject([{ name: 'Máy của tôi' }]);
    const replayed = await browser.post('/account/passkey/add', { credential, name: 'again' });
    expect(asked(replayed)).toMatchObject({ acr_values: 'LoA3' });
  });

  test.each(['', '{', '[]', 'null', '{"id":1}', '"x"'])('what is no passkey: %j', async (credential) => {
    const subject = await settle('02');
    signIn(subject);
    const browser = server.browser();
    await browser.get('/account/passkey/add');
    const answer = await browser.post('/account/passkey/add', { credential, name: 'x' });
    expect([answer.status, answer.step]).toEqual([400, 'add-passkey']);
    expect((await enrolled(subject)).passkeys).toEqual([]);
  });

  test('a passkey made for one person cannot be bound to another', async () => {
    const [one, two] = [await settle('02'), await settle('02')];
    const browser = server.browser();
    signIn(one);
    const credential = JSON.stringify(
      softDevice().create(optionsOf(await browser.get('/account/passkey/add')), ISSUER),
    );
    signIn(two);
    expect((await browser.post('/account/passkey/add', { credential, name: 'x' })).status).toBe(400);
    expect((await enrolled(two)).passkeys).toEqual([]);
  });
});

describe('removing and changing', () => {
  const gone = async () => (await server.browser().get('/account')).location?.startsWith('/auth?');

  test('a passkey goes, and every session with it', async () => {
    const subject = await settle('02', { totp: true, passkey: true });
    signIn(subject, ['hwk', 'user', 'mfa']);
    const id = await world.passkeyOf(subject);
    const browser = server.browser();
    const asks = await browser.get(`/account/passkey/remove?id=${id}`);
    expect([asks.step, asks.body.includes('Điện thoại của tôi')]).toEqual(['confirm-remove', true]);
    world.clock.passSeconds(1);
    const answer = await browser.post('/account/passkey/remove', { id });
    expect(answer.location).toBe('/account/signed-out?why=passkey_removed');
    expect((await enrolled(subject)).passkeys).toEqual([]);
    expect(await gone()).toBe(true);
  });

  test('the last factor that the level needs stays', async () => {
    const subject = await settle('02', { totp: true });
    signIn(subject, ['pwd', 'otp', 'mfa']);
    const browser = server.browser();
    await browser.get('/account/totp/remove');
    const answer = await browser.post('/account/totp/remove');
    expect([answer.status, answer.step]).toEqual([409, 'confirm-remove']);
    expect((await enrolled(subject)).totp).toBeDefined();
  });

  test('another person’s passkey is nobody’s here', async () => {
    const victim = await settle('02', { totp: true, passkey: true });
    const id = await world.passkeyOf(victim);
    signIn(await settle('02', { totp: true }), ['pwd', 'otp', 'mfa']);
    const browser = server.browser();
    expect((await browser.get(`/account/passkey/remove?id=${id}`)).location).toBe('/account/authenticators');
    await browser.get('/account');
    expect((await browser.post('/account/passkey/remove', { id })).location).toBe('/account/authenticators');
    expect((await enrolled(victim)).passkeys.length).toBe(1);
  });

  test('a new password ends what the old one opened; a weak one changes nothing', async () => {
    const subject = await settle('01');
    signIn(subject);
    const browser = server.browser();
    expect((await browser.get('/account/password')).step).toBe('change-password');
    const weak = await browser.post('/account/password', { password: '12345678' });
    expect([weak.status, weak.step]).toEqual([400, 'change-password']);
    expect((await browser.get('/account')).step).toBe('account');
    world.clock.passSeconds(1);
    const changed = await browser.post('/account/password', { password: 'sông dài cá lội' });
    expect(changed.location).toBe('/account/signed-out?why=password_changed');
    expect(await gone()).toBe(true);
  });

  test('signing out everywhere ends all that was issued, and is recorded', async () => {
    const subject = await settle('01');
    signIn(subject);
    const browser = server.browser();
    expect((await browser.get('/account/sign-out-everywhere')).step).toBe('sign-out-everywhere');
    world.clock.passSeconds(1);
    const answer = await browser.post('/account/sign-out-everywhere');
    expect(answer.location).toBe('/account/signed-out?why=everywhere');
    expect(await gone()).toBe(true);
    signIn(subject);
    expect((await browser.get('/account/history')).body).toContain('Đăng xuất khỏi mọi máy.');
  });
});

describe('what the holder sees', () => {
  const allow = async (subject: SubjectId) => {
    await decideConsent(world.deps, subject, world.portals.find(INSURANCE)!, ['sub', 'name', 'birthdate'], ['name']);
  };

  test('home: level, factors, the sign-in before this one, and how many know them', async () => {
    const subject = await settle('02', { totp: true, passkey: true });
    const at = new Date(world.clock.now().getTime() - 60_000);
    const event = { kind: 'sign_in.completed', subject, portal: INSURANCE, data: { amr: 'hwk user mfa' } } as const;
    await record(world.db, event, at);
    await allow(subject);
    signIn(subject);
    const page = await server.browser().get('/account');
    expect(page.step).toBe('account');
    for (const text of ['Trần Thị Bưởi', 'Mức độ 02', 'Bảo hiểm y tế', '1 khóa truy cập', '1 dịch vụ']) {
      expect(page.body).toContain(text);
    }
    expect(page.body).not.toMatch(/07919000\d{4}/);
  });

  test('consents: only what was allowed; withdrawing ends it, twice is harmless, and another’s stays', async () => {
    const [one, two] = [await settle('01'), await settle('01')];
    await allow(one);
    await allow(two);
    signIn(one);
    const browser = server.browser();
    const page = await browser.get('/account/consents');
    expect(page.body).toContain('Bảo hiểm y tế');
    expect(page.body).not.toContain('Ngày, tháng, năm sinh');
    const withdrawn = await browser.post('/account/consents/withdraw', { portal_id: INSURANCE });
    expect(withdrawn.location).toBe(`/account/consents?withdrawn=${INSURANCE}`);
    expect((await browser.get(String(withdrawn.location))).body).toContain('Bảo hiểm y tế');
    expect((await browser.post('/account/consents/withdraw', { portal_id: INSURANCE })).location).toBe(
      '/account/consents',
    );
    expect((await browser.post('/account/consents/withdraw', { portal_id: 'x' })).location).toBe('/account/consents');
    expect(await listConsents(world.deps, one)).toEqual([]);
    expect((await listConsents(world.deps, two)).length).toBe(3);
  });

  test('history: own events only, by day, in pages', async () => {
    const [one, two] = [await settle('01'), await settle('01')];
    const at = (hours: number) => new Date(world.clock.now().getTime() - hours * 60 * 60 * 1000);
    for (let i = 1; i <= 60; i += 1) await record(world.db, { kind: 'password.rejected', subject: one }, at(i));
    await record(world.db, { kind: 'totp.removed', subject: two }, at(1));
    await record(world.db, { kind: 'password.accepted', subject: one }, at(1));
    signIn(one);
    const browser = server.browser();
    const first = await browser.get('/account/history');
    expect(first.body.split('Mật khẩu bị nhập sai.').length - 1).toBe(38);
    expect(first.body).not.toContain('Xóa ứng dụng tạo mã.');
    const older = /href="(\/account\/history\?before=[^"]+)"/.exec(first.body)?.[1] ?? '';
    expect((await browser.get(older)).body.split('Mật khẩu bị nhập sai.').length - 1).toBe(22);
    expect((await browser.get('/account/history?before=x')).status).toBe(200);
  });

  test('sign-out goes to the provider’s page', async () => {
    signIn(await settle('01'));
    const browser = server.browser();
    await browser.get('/account');
    expect((await browser.post('/account/sign-out')).location).toBe('/session/end');
  });
});
