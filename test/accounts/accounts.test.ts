import { changeAccount } from '../../src/accounts/change-account.ts';
import { endLock } from '../../src/accounts/end-lock.ts';
import { findAccount, findAccountByNationalId, findAccountByPhone } from '../../src/accounts/find-account.ts';
import { lockAccount } from '../../src/accounts/lock-account.ts';
import { openAccount } from '../../src/accounts/open-account.ts';
import type { Personal } from '../../src/accounts/account.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import { parsePhoneNumber } from '../../src/registry/phone-number.ts';
import { inTransaction } from '../../src/storage/postgres.ts';
import type { Keyring } from '../../src/storage/keyring.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { installLeakNet } from '../support/leak-net.ts';
import { testKeyring } from '../support/test-keyring.ts';

const { db } = await freshDatabase({ max: 30 });
const keyring = testKeyring();
const clock = { now: () => new Date('2026-03-01T08:00:00Z') };
const deps = { db, keyring, clock };
const PERSON: Personal = {
  nationalId: '079199012345',
  fullName: 'Đoàn Thị Mỹ Hòa',
  birthDate: '1999',
  gender: 'female',
  nationality: 'VN',
  phone: '+84912345678',
};
const secrets = [
  { kind: 'national_id', value: PERSON.nationalId },
  { kind: 'name', value: PERSON.fullName },
  { kind: 'phone', value: '+84912345678' },
] as const;
installLeakNet({ db, secrets });

const register = (personal: Personal = PERSON, keys: Keyring = keyring) =>
  inTransaction(db, (sql) =>
    openAccount(
      { keyring: keys },
      sql,
      { kind: 'citizen', stage: { state: 'active', level: '01' }, personal },
      clock.now(),
    ),
  );
const opened = async (): Promise<SubjectId> => {
  const outcome = await register();
  if (outcome.kind !== 'opened') throw new Error('taken');
  return outcome.subject;
};
const events = async () => {
  const { rows } = await db.query<{ kind: string }>('SELECT kind FROM audit_event ORDER BY occurred_at, kind');
  return rows.map(({ kind }) => kind);
};

beforeEach(async () => {
  await db.query('ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only');
  await db.query('TRUNCATE account, audit_event CASCADE');
  await db.query('ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only');
});

test('an account is found by its number and its phone, and says everything back', async () => {
  const subject = await opened();
  const byNumber = await findAccountByNationalId(deps, parseNationalId('079 199 012 345')!);
  const byPhone = await findAccountByPhone(deps, parsePhoneNumber('0912 345 678')!);
  expect([byNumber?.subject, byPhone?.subject]).toEqual([subject, subject]);
  expect(byNumber?.personal.reveal()).toEqual(PERSON);
  expect(await events()).toEqual(['account.opened']);
});

test('of fifty registrations of one number at once, one opens', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, i) => register({ ...PERSON, phone: `+8491234${1000 + i}` })),
  );
  expect(outcomes.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
  expect((await db.query('SELECT 1 FROM account')).rowCount).toBe(1);
});

test('one phone serves one account', async () => {
  await opened();
  expect(await register({ ...PERSON, nationalId: '079199012346' })).toEqual({ kind: 'taken' });
});

test('after the hash key changed, the number is found and still taken', async () => {
  const subject = await opened();
  const rotated: Keyring = { ...keyring, hashing: { ...keyring.hashing, current: keyring.hashing.current + 1 } };
  const known = rotated.hashing.byVersion.has(rotated.hashing.current)
    ? rotated
    : {
        ...rotated,
        hashing: {
          ...rotated.hashing,
          byVersion: new Map([
            ...rotated.hashing.byVersion,
            [rotated.hashing.current, [...keyring.sealing.byVersion.values()][0]!],
          ]),
        },
      };
  const found = await findAccountByNationalId({ db, keyring: known }, parseNationalId(PERSON.nationalId)!);
  expect(found?.subject).toBe(subject);
  expect(await register({ ...PERSON, phone: '+84912345679' }, known)).toEqual({ kind: 'taken' });
});

test('personal data moved to another account does not open', async () => {
  const subject = await opened();
  const other = await register({ ...PERSON, nationalId: '079199012346', phone: '+84912345679' });
  if (other.kind !== 'opened') throw new Error('taken');
  await db.query(
    'UPDATE account SET personal = (SELECT personal FROM account WHERE account_id = $1) WHERE account_id = $2',
    [subject, other.subject],
  );
  await expect(findAccount(deps, other.subject)).rejects.toThrow();
});

test('a lock is a set: the account opens when the last ground ends, and death never does', async () => {
  const subject = await opened();
  for (const ground of ['self_request', 'card_expired'] as const) {
    expect(await lockAccount(deps, subject, { ground, actor: 'test' })).toEqual({ kind: 'placed' });
  }
  expect((await lockAccount(deps, subject, { ground: 'card_expired', actor: 'test' })).kind).toBe('already_open');
  await endLock(deps, subject, { ground: 'self_request', way: 'counter', actor: 'test' });
  expect((await findAccount(deps, subject))?.grounds).toEqual(['card_expired']);
  await endLock(deps, subject, { ground: 'card_expired', way: 'registry', actor: 'test' });
  expect((await findAccount(deps, subject))?.grounds).toEqual([]);
  await lockAccount(deps, subject, { ground: 'death', actor: 'test' });
  expect((await endLock(deps, subject, { ground: 'death', way: 'registry', actor: 'test' })).kind).toBe('never_ends');
});

test('fifty locks at once for one ground place one', async () => {
  const subject = await opened();
  const place = () => lockAccount(deps, subject, { ground: 'terms_breach', actor: 'test' });
  const outcomes = await Promise.all(Array.from({ length: 50 }, place));
  expect(outcomes.filter(({ kind }) => kind === 'placed')).toHaveLength(1);
  expect((await events()).filter((kind) => kind === 'account.locked')).toHaveLength(1);
});

test('what was issued before a lock does not come back with the unlock', async () => {
  const subject = await opened();
  const later = { ...deps, clock: { now: () => new Date('2026-03-02T08:00:00Z') } };
  await lockAccount(later, subject, { ground: 'self_request', actor: 'test' });
  await endLock(later, subject, { ground: 'self_request', way: 'counter', actor: 'test' });
  expect((await findAccount(deps, subject))?.credentialsChangedAt).toEqual(new Date('2026-03-02T08:00:00Z'));
});

test('when the audit cannot be written the account does not change', async () => {
  const subject = await opened();
  await db.query('ALTER TABLE audit_event RENAME TO audit_event_gone');
  try {
    await expect(lockAccount(deps, subject, { ground: 'self_request', actor: 'test' })).rejects.toThrow();
    await expect(changeAccount(deps, subject, { change: 'end', actor: 'test', shown: [] })).rejects.toThrow();
  } finally {
    await db.query('ALTER TABLE audit_event_gone RENAME TO audit_event');
  }
  const facts = await findAccount(deps, subject);
  expect([facts?.state, facts?.grounds]).toEqual(['active', []]);
});

test('an account moves only by a row of the table', async () => {
  const subject = await opened();
  expect(await changeAccount(deps, subject, { change: 'lower_level', actor: 'test', shown: [] })).toEqual({
    kind: 'not_allowed',
  });
  expect(await changeAccount(deps, subject, { change: 'end', actor: 'test', shown: [] })).toMatchObject({
    kind: 'changed',
  });
  expect(await changeAccount(deps, subject, { change: 'end', actor: 'test', shown: [] })).toEqual({
    kind: 'not_allowed',
  });
});

test('the audit trail takes no change and no deletion', async () => {
  await opened();
  for (const statement of ["UPDATE audit_event SET kind = 'x.y'", 'DELETE FROM audit_event', 'TRUNCATE audit_event']) {
    await expect(db.query(statement)).rejects.toThrow('append-only');
  }
});
