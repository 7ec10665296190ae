import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { endLock } from '../../../src/accounts/end-lock.ts';
import { findAccount } from '../../../src/accounts/find-account.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import { makeLockLink } from '../../../src/accounts/lock-links/make-lock-link.ts';
import { nameRepresentatives } from '../../../src/accounts/organisations/name-representatives.ts';
import { openOrganisationAccount } from '../../../src/accounts/organisations/open-organisation.ts';
import { tellRepresentativesOfUnlock } from '../../../src/accounts/organisations/tell-representatives.ts';
import { unlockOrganisation } from '../../../src/accounts/organisations/unlock-organisation.ts';
import { putGuardianInCharge } from '../../../src/accounts/put-guardian-in-charge.ts';
import { bindPasskey } from '../../../src/authenticators/webauthn/bind-passkey.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import { parseTaxNumber } from '../../../src/registry/tax-number.ts';
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

describe('unlocking an organisation', () => {
  let made = 0;
  const numberOf = async (subject: SubjectId) =>
    parseNationalId((await world.factsOf(subject)).personal.reveal().nationalId)!;
  /** An active organisation of this person, and perhaps others, which the first locked. */
  async function lockedBy(subject: SubjectId, ...others: SubjectId[]) {
    made += 1;
    const taxNumber = parseTaxNumber(`96000000${String(made).padStart(2, '0')}`)!;
    const organisation = {
      taxNumber,
      name: `Hợp tác xã Mở khóa ${made}`,
      headOffice: 'Thôn 1',
      foundedOn: '2020-01-01',
      state: 'active',
      verified: true,
      representatives: await Promise.all([subject, ...others].map(numberOf)),
    } as const;
    const stage = { state: 'active', level: undefined } as const;
    const opened = await inTransaction(world.db, (sql) =>
      openOrganisationAccount(deps, sql, { organisation, stage, actor: 'test' }, clock.now()),
    );
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    const actor = `representative:${subject}`;
    await lockAccount(deps, opened.subject, { ground: 'self_request', actor });
    return { subject: opened.subject, taxNumber, actor };
  }
  const UNLOCK = '/account/organisations/unlock';
  /** What the page and its form answer. */
  async function tryUnlock(taxNumber: string) {
    const browser = server.browser();
    await browser.get('/register');
    const asked = await browser.get(`${UNLOCK}?number=${taxNumber}`);
    return { asked, sent: await browser.post(UNLOCK, { tax_number: taxNumber }) };
  }
  const STRONG = ['hwk', 'user', 'mfa'];

  test('not by a stranger, from level 01, by a stale or weaker sign-in, or by who represents it no more', async () => {
    const [own, stranger, low] = [
      await settle('02', { passkey: true }),
      await settle('02', { passkey: true }),
      await settle('01', { passkey: true }),
    ];
    const theirs = await lockedBy(own);
    const lows = await lockedBy(low);
    await lockedBy(stranger);
    for (const [who, number] of [
      [stranger, theirs.taxNumber],
      [stranger, theirs.subject],
      [stranger, ''],
      [low, lows.taxNumber],
    ] as const) {
      signIn(who, STRONG);
      const { asked, sent } = await tryUnlock(number);
      expect([who, number, asked.status, sent.status]).toEqual([who, number, 404, 404]);
    }
    for (const [amr, ago] of [
      [STRONG, 60 * 60],
      [['pwd', 'sms', 'mfa'], 0],
    ] as const) {
      signIn(own, [...amr], ago);
      const { asked, sent } = await tryUnlock(theirs.taxNumber);
      for (const { location } of [asked, sent]) expect(location).toMatch(/^\/auth\?.*prompt=login/);
    }
    expect(await unlockOrganisation(deps, await world.factsOf(low), lows.subject)).toEqual({
      kind: 'not_representing',
    });
    await inTransaction(world.db, (sql) =>
      nameRepresentatives(sql, deps, theirs.subject, [], { at: clock.now(), actor: 'registry' }),
    );
    signIn(own, STRONG);
    expect((await tryUnlock(theirs.taxNumber)).sent.status).toBe(404);
    expect(await unlockOrganisation(deps, await world.factsOf(own), theirs.subject)).toEqual({
      kind: 'not_representing',
    });
    for (const one of [theirs, lows]) expect(await groundsOf(one.subject)).toEqual(['self_request']);
  });

  test('one dissolved or locked by an authority stays locked, and the page says by what', async () => {
    const own = await settle('02', { passkey: true });
    const { subject, taxNumber } = await lockedBy(own);
    await lockAccount(deps, subject, { ground: 'dissolved', actor: 'registry' });
    await lockAccount(deps, subject, { ground: 'authority_request', entry: 'x', actor: 'officer:x' });
    signIn(own, STRONG);
    const { asked, sent } = await tryUnlock(taxNumber);
    for (const words of ['ngừng hoạt động theo dữ liệu đăng ký', 'Chỉ cơ quan đã yêu cầu']) {
      expect(asked.body).toContain(words);
    }
    expect(sent.location).toBe('/account/organisations?done=lock_ended');
    expect((await groundsOf(subject))?.toSorted()).toEqual(['authority_request', 'dissolved']);
    await world.messages();
    await tellRepresentativesOfUnlock(deps, subject, 'self_request');
    expect((await world.messages()).map(({ text }) => text)).toEqual([expect.stringContaining('nhưng vẫn bị khóa')]);
    const again = await tryUnlock(taxNumber);
    expect([again.asked.status, again.sent.status]).toEqual([409, 409]);
    expect((await groundsOf(subject))?.toSorted()).toEqual(['authority_request', 'dissolved']);
  });

  test('opens it in the name of who did it, and every representative is told', async () => {
    const [own, other] = [await settle('02', { passkey: true }), await settle('01')];
    const { subject, taxNumber, actor } = await lockedBy(own, other);
    signIn(own, STRONG);
    const { asked, sent } = await tryUnlock(taxNumber);
    expect([asked.step, sent.location]).toEqual(['unlock-organisation', '/account/organisations?done=unlocked']);
    expect(await groundsOf(subject)).toEqual([]);
    const { rows } = await world.db.query(
      `SELECT actor, data ->> 'ground' AS ground FROM audit_event WHERE account_id = $1 AND kind = 'account.lock_ended'`,
      [subject],
    );
    expect(rows).toEqual([{ actor, ground: 'self_request' }]);
    const jobs = await world.db.query('SELECT 1 FROM graphile_worker.jobs WHERE key = $1', [
      `tell_of_unlock:${subject}:self_request`,
    ]);
    expect(jobs.rowCount).toBe(1);
    await world.messages();
    await tellRepresentativesOfUnlock(deps, subject, 'self_request');
    const phones = await Promise.all(
      [own, other].map(async (one) => (await world.factsOf(one)).personal.reveal().phone),
    );
    const sentNow = await world.messages();
    expect(new Set(sentNow.map(({ to }) => to))).toEqual(new Set(phones));
    expect(sentNow).toHaveLength(2);
    for (const { text } of sentNow) expect(text).toMatch(/Mở khóa \d+ đã mở khóa\./);
  });
});
