import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { endLock } from '../../../src/accounts/end-lock.ts';
import { findAccount } from '../../../src/accounts/find-account.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import { makeLockLink } from '../../../src/accounts/lock-links/make-lock-link.ts';
import { putGuardianInCharge } from '../../../src/accounts/put-guardian-in-charge.ts';
import { bindPasskey } from '../../../src/authenticators/webauthn/bind-passkey.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { coseKeyOf } from '../../../src/sandbox/cose-key.ts';
import type { SoftwarePasskey } from '../../../src/sandbox/test-person.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { assertWith, optionsOf } from '../../officers/console.ts';
import { accountWorld } from '../account-world.ts';
import { ISSUER } from '../world.ts';

const world = await accountWorld();
const { server, signIn, settle, clock, deps } = world;
const groundsOf = async (subject: SubjectId) => (await findAccount(deps, subject))?.grounds;
const linkOf = async (subject: SubjectId) => new URL((await makeLockLink(deps, subject)).reveal()).pathname;

/** A device of the person with a passkey made now. */
async function deviceOf(subject: SubjectId): Promise<SoftwarePasskey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const { rows } = await world.db.query<{ handle: Buffer }>('SELECT handle FROM passkey_handle WHERE account_id = $1', [
    subject,
  ]);
  const key: SoftwarePasskey = {
    credentialId: randomBytes(16).toString('base64url'),
    userHandle: (rows[0]?.handle ?? randomBytes(16)).toString('base64url'),
    privateKey: { kty: 'EC', crv: 'P-256', x, y, d },
  };
  await inTransaction(world.db, (sql) =>
    bindPasskey(deps, sql, subject, {
      credentialId: key.credentialId,
      publicKey: coseKeyOf(key.privateKey),
      userHandle: Buffer.from(key.userHandle, 'base64url'),
      name: 'Điện thoại',
      synced: true,
    }),
  );
  return key;
}

async function unlockWith(key: SoftwarePasskey, origin = ISSUER) {
  const browser = server.browser();
  const { body } = await browser.get('/unlock');
  return browser.post('/unlock', { credential: assertWith(key, optionsOf(body), origin) });
}
const outcomeOf = (page: { body: string; step: string | undefined }) =>
  page.step === 'unlocked' ? /<h1>([^<]+)/.exec(page.body)?.[1] : page.step;
const [OPENED, STILL, NOT] = ['Tài khoản đã mở khóa', 'Tài khoản vẫn bị khóa', 'Tài khoản không bị khóa'];

beforeEach(async () => {
  clock.passSeconds(60 * 60);
  await world.cache.flushdb();
  signIn(undefined);
});

describe('locking from the account page', () => {
  test('says what will happen, and locks at once', async () => {
    const subject = await settle('02', { passkey: true });
    signIn(subject, ['hwk', 'user', 'mfa']);
    const browser = server.browser();
    expect((await browser.get('/account/lock')).step).toBe('lock-account');
    expect(await groundsOf(subject)).toEqual([]);
    expect((await browser.post('/account/lock')).location).toBe('/locked');
    expect(await groundsOf(subject)).toEqual(['self_request']);
    expect((await browser.get('/locked')).step).toBe('locked');
    expect((await browser.get('/account')).location).toContain('/auth?');
  });

  test('not in a session of long ago, nor of a lower factor', async () => {
    const subject = await settle('02', { passkey: true });
    const browser = server.browser();
    await browser.get('/register');
    for (const [amr, ago] of [[['hwk', 'user', 'mfa'], 21 * 60] as const, [['pwd', 'sms', 'mfa'], 0] as const]) {
      signIn(subject, [...amr], ago);
      expect((await browser.get('/account/lock')).location).toContain('prompt=login');
      expect((await browser.post('/account/lock')).location).toContain('prompt=login');
    }
    expect(await groundsOf(subject)).toEqual([]);
  });
});

describe('the link in a notice', () => {
  test('asks, and locks once', async () => {
    const subject = await settle('02');
    const link = await linkOf(subject);
    const browser = server.browser();
    for (let looks = 0; looks < 3; looks += 1) expect((await browser.get(link)).step).toBe('lock-by-link');
    expect(await groundsOf(subject)).toEqual([]);
    expect((await browser.post(link)).location).toBe('/locked');
    expect(await groundsOf(subject)).toEqual(['self_request']);
    await endLock(deps, subject, { ground: 'self_request', way: 'counter', actor: 'test' });
    const again = await browser.post(link);
    expect([again.status, again.step]).toEqual([410, 'lock-link-gone']);
    expect((await browser.get(link)).status).toBe(410);
    expect(await groundsOf(subject)).toEqual([]);
  });

  test('never unlocks, and changes nothing of a lock that is there', async () => {
    const subject = await settle('02');
    const link = await linkOf(subject);
    await lockAccount(deps, subject, { ground: 'self_request', actor: 'holder' });
    const browser = server.browser();
    await browser.get(link);
    expect((await browser.post(link)).location).toBe('/locked');
    expect(await groundsOf(subject)).toEqual(['self_request']);
  });

  test('is good for ten days', async () => {
    const subject = await settle('02');
    const link = await linkOf(subject);
    const browser = server.browser();
    clock.passSeconds(10 * 86_400 - 1);
    expect((await browser.get(link)).status).toBe(200);
    clock.passSeconds(1);
    expect((await browser.post(link)).status).toBe(410);
    expect(await groundsOf(subject)).toEqual([]);
  });

  test('of which twenty are sent at once locks once, and without the token of its page nothing', async () => {
    const subject = await settle('02');
    const link = await linkOf(subject);
    expect((await server.browser().post(link)).status).toBe(403);
    const browser = server.browser();
    await browser.get(link);
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.post(link)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    const locked = await world.db.query(`SELECT 1 FROM audit_event WHERE kind = 'account.locked' AND account_id = $1`, [
      subject,
    ]);
    expect(locked.rowCount).toBe(1);
  });

  test.each(['AAAAAAAAAAAAAAAAAAAAAA', 'x', '..%2f..%2faccount', '%00', 'a'.repeat(500)])(
    'guessed as %s looks like one that is gone',
    async (token) => {
      const { status } = await server.browser().get(`/lock/${token}`);
      expect([410, 400, 404]).toContain(status);
    },
  );

  test('is kept as a hash alone', async () => {
    const link = await linkOf(await settle('02'));
    const { rows } = await world.db.query('SELECT * FROM lock_link');
    expect(JSON.stringify(rows)).not.toContain(link.split('/').at(-1));
  });
});

describe('unlocking with a passkey, without a session', () => {
  test('ends the lock that its holder asked for', async () => {
    const subject = await settle('02');
    const key = await deviceOf(subject);
    await lockAccount(deps, subject, { ground: 'self_request', actor: 'holder' });
    const page = await unlockWith(key);
    expect(outcomeOf(page)).toBe(OPENED);
    expect(await groundsOf(subject)).toEqual([]);
    expect(page.headers.getSetCookie().join()).not.toMatch(/session/i);
  });

  test("another person's passkey opens nothing of the one who is locked", async () => {
    const [locked, other] = [await settle('02'), await settle('02')];
    await deviceOf(locked);
    await lockAccount(deps, locked, { ground: 'self_request', actor: 'holder' });
    expect(outcomeOf(await unlockWith(await deviceOf(other)))).toBe(NOT);
    expect(await groundsOf(locked)).toEqual(['self_request']);
  });

  test("a passkey answering in the name of the locked account's handle is refused", async () => {
    const [locked, other] = [await settle('02'), await settle('02')];
    const own = await deviceOf(locked);
    const theirs = await deviceOf(other);
    await lockAccount(deps, locked, { ground: 'self_request', actor: 'holder' });
    const forged = { ...own, privateKey: theirs.privateKey };
    expect(outcomeOf(await unlockWith(forged))).toBe('unlock');
    expect(outcomeOf(await unlockWith({ ...theirs, userHandle: own.userHandle }))).toBe('unlock');
    expect(outcomeOf(await unlockWith(own, 'https://evil.example'))).toBe('unlock');
    expect(await groundsOf(locked)).toEqual(['self_request']);
  });

  test('with another ground left open it stays locked, and the ground is not told', async () => {
    const subject = await settle('02');
    const key = await deviceOf(subject);
    await lockAccount(deps, subject, { ground: 'self_request', actor: 'holder' });
    await lockAccount(deps, subject, { ground: 'authority_request', actor: 'officer:x' });
    const page = await unlockWith(key);
    expect(outcomeOf(page)).toBe(STILL);
    expect(page.body).not.toMatch(/cơ quan có thẩm quyền/);
    expect(await groundsOf(subject)).toEqual(['authority_request']);
    expect(outcomeOf(await unlockWith(key))).toBe(STILL);
    expect(await groundsOf(subject)).toEqual(['authority_request']);
  });

  test("a dependant's own passkey does not open what the guardian locked", async () => {
    const [ward, guardian] = [await settle('02'), await settle('02')];
    const key = await deviceOf(ward);
    await putGuardianInCharge(world.db, ward, { guardian, ward: true, actor: 'test' }, clock.now());
    await lockAccount(deps, ward, { ground: 'self_request', actor: `guardian:${guardian}` });
    expect(outcomeOf(await unlockWith(key))).toBe(STILL);
    expect(await groundsOf(ward)).toEqual(['self_request']);
  });

  test('does not wake the dead', async () => {
    const subject = await settle('02');
    const key = await deviceOf(subject);
    await lockAccount(deps, subject, { ground: 'death', actor: 'registry' });
    expect(outcomeOf(await unlockWith(key))).toBe(STILL);
    expect(await groundsOf(subject)).toEqual(['death']);
  });

  test('an intruder who added a passkey before the holder locked by link or by telling an officer does not get in', async () => {
    for (const actor of ['holder:link', 'officer:00000000-0000-0000-0000-000000000001']) {
      const subject = await settle('02');
      const own = await deviceOf(subject);
      clock.passSeconds(11 * 86_400);
      const intruder = await deviceOf(subject);
      clock.passSeconds(3600);
      await lockAccount(deps, subject, { ground: 'self_request', actor });
      clock.passSeconds(20 * 86_400);
      expect(outcomeOf(await unlockWith(intruder))).toBe(STILL);
      expect(await groundsOf(subject)).toEqual(['self_request']);
      expect(outcomeOf(await unlockWith(own))).toBe(OPENED);
    }
  });

  test('an answer used before, or made for a sign-in or in another browser, is worth nothing', async () => {
    const subject = await settle('02');
    const key = await deviceOf(subject);
    await lockAccount(deps, subject, { ground: 'self_request', actor: 'holder' });
    const browser = server.browser();
    const { body } = await browser.get('/unlock');
    const credential = assertWith(key, optionsOf(body), ISSUER);
    const thief = server.browser();
    await thief.get('/unlock');
    expect((await thief.post('/unlock', { credential })).step).toBe('unlock');
    expect((await browser.post('/unlock', { credential })).step).toBe('unlock'); // burnt by the thief
    expect(await groundsOf(subject)).toEqual(['self_request']);
  });

  test.each(['', '{', 'null', '{"id":"x"}', '[]'])(
    'a credential of %j is refused, and nothing breaks',
    async (credential) => {
      const browser = server.browser();
      await browser.get('/unlock');
      const page = await browser.post('/unlock', { credential });
      expect([page.status, page.step]).toEqual([422, 'unlock']);
    },
  );

  test('what slipped in while the lock was on does not come to life with the unlock', async () => {
    const subject = await settle('02');
    const key = await deviceOf(subject);
    await lockAccount(deps, subject, { ground: 'self_request', actor: 'holder' });
    clock.passSeconds(5);
    signIn(subject); // a sign-in that was half way when the lock came
    clock.passSeconds(60);
    await unlockWith(key);
    expect((await server.browser().get('/account')).location).toContain('/auth?');
  });
});
