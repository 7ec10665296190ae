import { endLock } from '../../../src/accounts/end-lock.ts';
import { findAccount } from '../../../src/accounts/find-account.ts';
import { letInvitationsLapse } from '../../../src/accounts/let-invitations-lapse.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import { openAccount } from '../../../src/accounts/open-account.ts';
import { checkRecords } from '../../../src/accounts/registry-feed/check-records.ts';
import { forgetAppliedChanges } from '../../../src/accounts/registry-feed/forget-applied-changes.ts';
import { dayInHanoi } from '../../../src/kernel/day.ts';
import { inTransaction } from '../../../src/storage/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { adults, grownForeigners, NATION_SIZE } from '../../support/resident.ts';
import { startRegistryProcess } from '../../support/start-registry-process.ts';
import { TestClock } from '../../support/test-clock.ts';
import { testKeyring } from '../../support/test-keyring.ts';
import * as world from './feed-world.ts';

const { db } = await freshDatabase();
const registry = await startRegistryProcess({ REGISTRY_PEOPLE: String(NATION_SIZE) });
afterAll(() => registry.stop());
const clock = new TestClock(new Date());
const deps = { db, keyring: testKeyring(), clock, registry: world.connectorTo(registry) };
const people = adults();
const foreigners = grownForeigners();
const DAY = 24 * 60 * 60;

async function resident() {
  const citizen = people.next().value!;
  return { national_id: citizen.nationalId, subject: await world.openFor(deps, citizen, {}, clock.now()) };
}
const grounds = async (subject: Parameters<typeof findAccount>[1]) => (await findAccount(deps, subject))?.grounds;

test('a card that ran out is found without an event, once, and one given back opens what the registry locked', async () => {
  const { national_id, subject } = await resident();
  await world.happen(registry, { kind: 'card_withdrawn', national_id, held: true });
  expect(await checkRecords(deps)).toBe(1);
  expect(await grounds(subject)).toEqual(['card_withdrawn_or_held']);
  expect(await checkRecords(deps)).toBe(0);
  await world.happen(registry, { kind: 'card_issued', national_id, expires_on: '2040-01-01' });
  clock.passSeconds(DAY);
  expect(await checkRecords(deps)).toBe(1);
  expect(await grounds(subject)).toEqual([]);
  clock.passSeconds(DAY);
  expect(await checkRecords(deps)).toBe(0);
});

test('what an officer locked is not opened by the registry’s record', async () => {
  const { subject } = await resident();
  await lockAccount(deps, subject, { ground: 'card_withdrawn_or_held', actor: 'officer:1' });
  await checkRecords(deps);
  expect(await grounds(subject)).toEqual(['card_withdrawn_or_held']);
  await endLock(deps, subject, { ground: 'card_withdrawn_or_held', way: 'counter', actor: 'officer:1' });
});

test('on the day after the last day of a foreigner’s papers the account is locked, and what is renewed opens it', async () => {
  const { value: citizen } = foreigners.next();
  const { nationalId: national_id } = citizen!;
  const subject = await world.openFor(deps, citizen, {}, clock.now());
  const dayIn = (days: number) => dayInHanoi(new Date(clock.now().getTime() + days * DAY * 1000));
  await world.happen(registry, { kind: 'residence_extended', national_id, expires_on: dayIn(3) });
  await world.happen(registry, { kind: 'passport_renewed', national_id, expires_on: dayIn(5) });
  await checkRecords(deps);
  clock.passSeconds(3 * DAY);
  await checkRecords(deps);
  expect(await grounds(subject)).toEqual([]);
  clock.passSeconds(DAY);
  await checkRecords(deps);
  expect(await grounds(subject)).toEqual(['residence_ended']);
  clock.passSeconds(2 * DAY);
  await checkRecords(deps);
  expect(await grounds(subject)).toEqual(['passport_expired', 'residence_ended']);
  for (const way of ['holder', 'counter', 'authority'] as const)
    expect(await endLock(deps, subject, { ground: 'passport_expired', way, actor: 'x' })).toEqual({
      kind: 'not_this_way',
    });
  await world.happen(registry, { kind: 'passport_renewed', national_id, number: 'X2', expires_on: dayIn(4000) });
  clock.passSeconds(DAY);
  await checkRecords(deps);
  expect(await grounds(subject)).toEqual(['residence_ended']);
  expect((await findAccount(deps, subject))?.personal.reveal().stay?.passport.number).toBe('X2');
  await world.happen(registry, { kind: 'residence_extended', national_id, expires_on: dayIn(4000) });
  clock.passSeconds(DAY);
  await checkRecords(deps);
  expect(await grounds(subject)).toEqual([]);
});

test('on the day after the last day of a card the account is locked', async () => {
  const { national_id, subject } = await resident();
  const lastDay = dayInHanoi(new Date(clock.now().getTime() + 3 * DAY * 1000));
  await world.happen(registry, { kind: 'card_issued', national_id, expires_on: lastDay });
  await checkRecords(deps);
  clock.passSeconds(3 * DAY);
  expect(await checkRecords(deps)).toBe(0);
  clock.passSeconds(DAY);
  // the registry of this test lives in today, and calls the card good: the day printed on it decides
  expect(await checkRecords(deps)).toBe(1);
  expect(await grounds(subject)).toEqual(['card_expired']);
});

test('a death that came between the record and the account is found the next day', async () => {
  const { national_id, subject } = await resident();
  await world.happen(registry, { kind: 'death', national_id });
  await checkRecords(deps);
  expect(await grounds(subject)).toEqual(['death']);
});

test('a registry that does not answer leaves everything due', async () => {
  const { subject } = await resident();
  await registry.call('/sandbox/conditions', { failing: true });
  await expect(checkRecords(deps)).rejects.toThrow('does not answer');
  await registry.call('/sandbox/conditions', {});
  expect(await checkRecords(deps)).toBeGreaterThan(0);
  expect(await grounds(subject)).toEqual([]);
});

test('an invitation lapses after 7 days, not before', async () => {
  const stage = { state: 'granted', level: '02' } as const;
  const personal = {
    nationalId: '079199012345',
    fullName: 'Lý Thị Chờ',
    birthDate: '1990',
    gender: 'female' as const,
    nationality: 'Việt Nam',
  };
  const opened = await inTransaction(db, (sql) =>
    openAccount(deps, sql, { kind: 'citizen', stage, personal }, clock.now()),
  );
  if (opened.kind !== 'opened') throw new Error('taken');
  clock.passSeconds(7 * DAY);
  expect(await letInvitationsLapse(deps)).toBe(0);
  clock.passSeconds(1);
  expect(await letInvitationsLapse(deps)).toBe(1);
  expect(await findAccount(deps, opened.subject)).toMatchObject({ state: 'activation_overdue', level: '02' });
  expect(await letInvitationsLapse(deps)).toBe(0);
});

test('applied changes are forgotten after 180 days', async () => {
  await db.query(`INSERT INTO registry_change_applied VALUES ('old', $1), ('young', $2)`, [
    new Date(clock.now().getTime() - 181 * DAY * 1000),
    clock.now(),
  ]);
  await forgetAppliedChanges(deps);
  expect((await db.query('SELECT cursor FROM registry_change_applied')).rows).toEqual([{ cursor: 'young' }]);
});
