import { beforeEach, describe, expect, test } from '@jest/globals';
import { guardianshipOf } from '../../../src/accounts/guardianship.policy.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import { tellOfInvitation } from '../../../src/accounts/tell-of-invitation.ts';
import { tellOfLock } from '../../../src/accounts/tell-holder.ts';
import { bindTotp } from '../../../src/authenticators/otp/bind-totp.ts';
import { verifyPassword } from '../../../src/authenticators/password/verify-password.ts';
import { identifierKeyOf } from '../../../src/accounts/account-identifier.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import type { Page } from '../../support/browser-client.ts';
import { installLeakNet, type Secret } from '../../support/leak-net.ts';
import { accountWorld, SECRET } from '../account-world.ts';
import { LAN } from '../people.ts';

const world = await accountWorld();
const FATHER = '079085000002';
const CHILD = '079315000016';
/** Fifteen, in the care of Lan. */
const VY = '001311000015';
const PASSWORD = 'cầu vồng sau mưa bảy sắc';
const DAY = 24 * 60 * 60;
const secrets: Secret[] = [
  { kind: 'national_id', value: CHILD },
  { kind: 'national_id', value: FATHER },
  { kind: 'name', value: 'Trần Tú Uyên' },
  { kind: 'phone', value: '+84597000002' },
  { kind: 'password', value: PASSWORD },
];
installLeakNet({ db: world.db, cache: world.cache, secrets: () => secrets });

/** Level 02 with an app, as in the sandbox. */
async function guardianOf(number: string): Promise<SubjectId> {
  const subject = await world.giveAccount(number);
  await world.db.query("UPDATE account SET level = '02' WHERE account_id = $1", [subject]);
  await bindTotp(world.deps, world.db, subject, new Sealed(SECRET));
  return subject;
}
const asFather = (subject: SubjectId) => world.signIn(subject, ['pwd', 'otp', 'mfa']);
const account = () => world.accountOf(CHILD);
const refIn = (page: Page, what = 'request'): string =>
  new RegExp(`/account/care/${what}\\?of=([\\w-]{43})`).exec(page.body)?.[1] ?? 'no reference';
const trail = async (kind: string) =>
  (
    await world.db.query<{ account_id: string; actor: string; data: object }>(
      'SELECT account_id, actor, data FROM audit_event WHERE kind = $1 ORDER BY occurred_at',
      [kind],
    )
  ).rows;

let father: SubjectId;
beforeEach(async () => {
  await world.db.query('ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only');
  await world.db.query('TRUNCATE account, audit_event CASCADE');
  await world.db.query('ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only');
  await world.cache.flushdb();
  await world.messages();
  world.registry.down = false;
  world.registry.happen({ kind: 'guardian_changed', national_id: CHILD, guardian: FATHER });
  father = await guardianOf(FATHER);
  asFather(father);
});

/** The father has asked for the account; its reference on his pages. */
async function requested() {
  const browser = world.server.browser();
  const ref = refIn(await browser.get('/account/care'));
  await browser.get(`/account/care/request?of=${ref}`);
  const answer = await browser.post('/account/care/request', { of: ref, consent: 'on' });
  return { browser, ref, answer };
}
/** And activated it with the code on his phone. */
async function activated() {
  const { browser, ref } = await requested();
  await tellOfInvitation(world.deps, (await account())!.subject);
  const [told] = await world.messages();
  await browser.get(`/account/care/person?of=${ref}`);
  const begun = await browser.post('/account/care/activate', { of: ref });
  const [sent] = await world.messages();
  const code = world.codeIn(sent);
  secrets.push({ kind: 'code', value: code });
  await browser.get('/activate/code');
  await browser.post('/activate/code', { code });
  await browser.get('/activate/password');
  const done = await browser.post('/activate/password', { password: PASSWORD });
  return { browser, ref, told, begun, sent, done };
}

describe('a guardian', () => {
  test('asks for an account, activates it by a code to the own phone, and is in charge of it', async () => {
    const { answer, ref } = await requested();
    expect(answer.location).toBe(`/account/care/person?of=${ref}&done=requested`);
    const child = await account();
    expect(child).toMatchObject({ state: 'granted', level: '01' });
    expect(child?.personal.reveal().phone).toBeUndefined();
    expect(child && guardianshipOf(child, world.clock.now())).toMatchObject({ kind: 'in_charge', guardian: father });
    expect(await trail('dependant.account_requested')).toMatchObject([
      { account_id: child?.subject, actor: `guardian:${father}`, data: { consent: true } },
    ]);
    expect(await trail('account.opened')).toContainEqual(
      expect.objectContaining({ account_id: child?.subject, actor: `guardian:${father}` }),
    );
    const { rows } = await world.db.query('SELECT kind FROM account_evidence WHERE account_id = $1', [child?.subject]);
    expect(rows).toEqual([{ kind: 'guardian_request' }]);
  });

  test('has level 01 for the child after the password, without another factor', async () => {
    const { told, sent, done, browser, ref } = await activated();
    expect([told?.to, sent?.to]).toEqual(['+84597000002', '+84597000002']);
    expect(told?.text).toContain('Uyên');
    expect(done.location).toBe('/activate/done');
    expect((await browser.get('/activate/done')).body).toContain('href="/account/care"');
    const child = await account();
    expect(child).toMatchObject({ state: 'active', level: '01' });
    const who = { key: identifierKeyOf(world.keyring, parseNationalId(CHILD)!), subject: child!.subject };
    expect((await verifyPassword(world.deps, who, new Sealed(PASSWORD))).kind).toBe('verified');
    expect(await trail('account.holder_activated')).toMatchObject([{ actor: `guardian:${father}` }]);
    // an active account shows in the list, and is not asked for again
    const page = await browser.get('/account/care');
    expect(page.body).not.toContain(`/account/care/request?of=${ref}`);
    expect(page.body).toContain(`/account/care/person?of=${ref}`);
  });

  test('locks the account at once, is told, and opens it again', async () => {
    const { browser, ref } = await activated();
    await browser.get(`/account/care/lock?of=${ref}`);
    expect((await browser.post('/account/care/lock', { of: ref })).location).toContain('done=locked');
    const { subject, grounds } = (await account())!;
    expect(grounds).toEqual(['self_request']);
    expect(await trail('account.locked')).toMatchObject([{ account_id: subject, actor: `guardian:${father}` }]);
    await world.messages();
    await tellOfLock(world.deps, subject, 'self_request');
    const [told] = await world.messages();
    expect([told?.to, told?.text.startsWith('Về Uyên')]).toEqual(['+84597000002', true]);
    await browser.get(`/account/care/person?of=${ref}`);
    await browser.post('/account/care/unlock', { of: ref });
    expect((await account())?.grounds).toEqual([]);
    // what may be an alarm ends at the counter
    world.clock.passSeconds(1);
    await lockAccount(world.deps, subject, { ground: 'self_request', actor: 'officer:help' });
    await browser.get('/account/lock');
    await browser.post('/account/care/unlock', { of: ref });
    expect((await account())?.grounds).toEqual(['self_request']);
  });

  test('sees the sign-ins, and the child sees the look; without the register what is there is managed', async () => {
    const { browser, ref } = await activated();
    world.registry.down = true;
    const page = await browser.get(`/account/care/person?of=${ref}`);
    expect([page.status, page.body.includes('Trần Tú Uyên')]).toEqual([200, true]);
    expect(await trail('dependant.looked_at')).toContainEqual(
      expect.objectContaining({ account_id: (await account())!.subject, actor: `guardian:${father}` }),
    );
    expect((await browser.get('/account/care')).body).not.toContain('/account/care/request');
  });

  test('who had no account when the register told of them takes charge later', async () => {
    await activated();
    const number = LAN.national_id;
    world.registry.happen({ kind: 'guardian_changed', national_id: CHILD, guardian: number });
    await world.db.query('UPDATE account_guardian SET ended_at = now()');
    expect(guardianshipOf((await account())!, world.clock.now())).toEqual({ kind: 'nobody' });
    const lan = await guardianOf(number);
    world.signIn(lan, ['pwd', 'otp', 'mfa']);
    const browser = world.server.browser();
    const list = await browser.get('/account/care');
    const ref = [...list.body.matchAll(/care\/person\?of=([\w-]{43})/g)].map(([, one]) => one!)[0]!;
    await browser.get(`/account/care/person?of=${ref}`);
    expect((await browser.post('/account/care/charge', { of: ref })).location).toContain('done=in_charge');
    expect(guardianshipOf((await account())!, world.clock.now())).toMatchObject({ guardian: lan });
    // and the one before is nobody to the child any more
    asFather(father);
    expect((await browser.get('/account/care')).body).not.toContain('Uyên');
  });
});

describe('refused', () => {
  test('without the tick: nothing was asked for', async () => {
    const browser = world.server.browser();
    const ref = refIn(await browser.get('/account/care'));
    await browser.get(`/account/care/request?of=${ref}`);
    expect((await browser.post('/account/care/request', { of: ref })).status).toBe(400);
    expect(await account()).toBeUndefined();
  });

  test('a password alone, an old sign-in, and level 01 are not enough', async () => {
    const browser = world.server.browser();
    world.signIn(father, ['pwd']);
    expect((await browser.get('/account/care')).location).toContain('/auth?');
    world.signIn(father, ['pwd', 'otp', 'mfa'], 21 * 60);
    expect((await browser.get('/account/care')).location).toContain('/auth?');
    world.signIn(await world.giveAccount(LAN.national_id));
    const page = await browser.get('/account/care');
    expect([page.status, page.body.includes('Vy')]).toEqual([403, false]);
  });

  test("another guardian's reference, a made-up one and none all lead nowhere", async () => {
    const { ref } = await activated();
    const lan = await guardianOf(LAN.national_id);
    world.signIn(lan, ['pwd', 'otp', 'mfa']);
    const browser = world.server.browser();
    await browser.get('/account/care');
    for (const wrong of [ref, 'x'.repeat(43), '', '../lock']) {
      const read = await Promise.all(
        ['person', 'request', 'lock'].map((path) =>
          browser.get(`/account/care/${path}?of=${encodeURIComponent(wrong)}`),
        ),
      );
      const written = [];
      for (const path of ['request', 'activate', 'charge', 'lock', 'unlock']) {
        await browser.get('/account/lock'); // a page with a form
        const consent = path === 'request' ? { consent: 'on' } : {};
        written.push(await browser.post(`/account/care/${path}`, { of: wrong, ...consent }));
      }
      expect([wrong, new Set([...read, ...written].map(({ status }) => status))]).toEqual([wrong, new Set([404])]);
    }
    expect((await account())?.grounds).toEqual([]);
  });

  test('who is no longer the guardian when the form comes', async () => {
    const browser = world.server.browser();
    const ref = refIn(await browser.get('/account/care'));
    await browser.get(`/account/care/request?of=${ref}`);
    world.registry.happen({ kind: 'guardian_changed', national_id: CHILD, guardian: LAN.national_id });
    expect((await browser.post('/account/care/request', { of: ref, consent: 'on' })).status).toBe(404);
    expect(await account()).toBeUndefined();
  });

  test('somebody of fifteen: the rule, and nothing of an account', async () => {
    await world.giveAccount(VY);
    world.signIn(await guardianOf(LAN.national_id), ['pwd', 'otp', 'mfa']);
    const page = await world.server.browser().get('/account/care');
    expect(page.body).toContain('Khoản 1 Điều 7 Nghị định 69/2024');
    expect(page.body).not.toMatch(/care\/(person|request)/);
  });

  test('a second request, and one at the same moment', async () => {
    const browsers = [world.server.browser(), world.server.browser()];
    const ref = refIn(await browsers[0]!.get('/account/care'));
    for (const browser of browsers) await browser.get(`/account/care/request?of=${ref}`);
    const answers = await Promise.all(
      browsers.map((browser) => browser.post('/account/care/request', { of: ref, consent: 'on' })),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([303, 409]);
    expect(await trail('dependant.request_refused')).toMatchObject([
      { account_id: father, actor: `guardian:${father}`, data: { reasons: 'has_account' } },
    ]);
  });

  test('activation after eight days, by a locked guardian, or by the one before', async () => {
    const { browser, ref } = await requested();
    const begin = async () => {
      await world.messages();
      await browser.get(`/account/care/person?of=${ref}`);
      await browser.post('/account/care/activate', { of: ref });
      return (await world.messages()).filter(({ text }) => /^\d{6}/.test(text));
    };
    const [sent] = await begin();
    secrets.push({ kind: 'code', value: world.codeIn(sent) });
    await browser.get('/activate/code');
    await browser.post('/activate/code', { code: world.codeIn(sent) });
    const lan = await guardianOf(LAN.national_id);
    await world.db.query('UPDATE account_guardian SET guardian_account_id = $1', [lan]);
    await browser.get('/activate/password');
    expect((await browser.post('/activate/password', { password: PASSWORD })).status).toBe(409);
    expect((await account())?.state).toBe('granted');
    await world.db.query('UPDATE account_guardian SET guardian_account_id = $1', [father]);
    world.clock.passSeconds(8 * DAY);
    asFather(father);
    expect(await begin()).toEqual([]);
    await lockAccount(world.deps, father, { ground: 'self_request', actor: 'holder' });
    world.clock.passSeconds(-8 * DAY + 100);
    await browser.get('/activate');
    await browser.post('/activate', { national_id: CHILD });
    expect((await world.messages()).filter(({ text }) => /^\d{6}/.test(text))).toEqual([]);
  });
});
