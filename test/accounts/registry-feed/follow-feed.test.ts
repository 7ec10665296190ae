import { findAccount, findAccountByNationalId } from '../../../src/accounts/find-account.ts';
import { findFeedLag } from '../../../src/accounts/registry-feed/find-feed-lag.ts';
import { followFeed } from '../../../src/accounts/registry-feed/follow-feed.ts';
import { lockAccount } from '../../../src/accounts/lock-account.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import type { Citizen } from '../../../src/sandbox/nation/citizen.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { installLeakNet, type Secret } from '../../support/leak-net.ts';
import { adults, grownForeigners, NATION_SIZE } from '../../support/resident.ts';
import { startRegistryProcess } from '../../support/start-registry-process.ts';
import { TestClock } from '../../support/test-clock.ts';
import { testKeyring } from '../../support/test-keyring.ts';
import * as world from './feed-world.ts';

const { db } = await freshDatabase();
const keyring = testKeyring();
const clock = new TestClock(new Date());
const registry = await startRegistryProcess({ REGISTRY_PEOPLE: String(NATION_SIZE) });
afterAll(() => registry.stop());
const deps = { db, keyring, clock, registry: world.connectorTo(registry) };
const people = adults();
const secrets: Secret[] = [];
installLeakNet({ db, secrets: () => secrets });

function somebody(): Citizen {
  const { value: citizen } = people.next();
  if (!citizen) throw new Error('nobody is left in the nation');
  secrets.push({ kind: 'national_id', value: citizen.nationalId }, { kind: 'name', value: citizen.fullName });
  return citizen;
}
async function resident(): Promise<{ citizen: Citizen; subject: SubjectId }> {
  const citizen = somebody();
  return { citizen, subject: await world.openFor(deps, citizen) };
}
const follow = () => followFeed(deps);

beforeEach(async () => {
  await follow();
  await db.query('DELETE FROM graphile_worker._private_jobs');
});

test('a death locks for good, without a word to anybody', async () => {
  const { citizen, subject } = await resident();
  await world.happen(registry, { kind: 'death', national_id: citizen.nationalId });
  expect(await follow()).toEqual({ kind: 'caught_up', count: 1 });
  expect(await world.stateOf(deps, subject)).toMatchObject({ grounds: ['death'], state: 'active' });
  expect(await world.waitingJobs(db)).toEqual([`end_sessions:${subject}`]);
  expect(await world.registryEvents(db, subject)).toEqual(['account.locked']);
});

test('a card withdrawn, then issued again: locked, told at once, and open', async () => {
  const { citizen, subject } = await resident();
  const { nationalId: national_id } = citizen;
  await world.happen(registry, { kind: 'card_withdrawn', national_id, held: true });
  await world.happen(registry, { kind: 'card_expired', national_id });
  await follow();
  expect((await world.stateOf(deps, subject)).grounds).toEqual(['card_expired', 'card_withdrawn_or_held']);
  expect(await world.waitingJobs(db)).toEqual([
    `end_sessions:${subject}`,
    `tell_of_lock:${subject}:card_expired`,
    `tell_of_lock:${subject}:card_withdrawn_or_held`,
  ]);
  await world.happen(registry, { kind: 'card_issued', national_id, expires_on: '2040-01-01' });
  await follow();
  expect((await world.stateOf(deps, subject)).grounds).toEqual([]);
});

test('a foreigner’s passport and residence run out and are renewed: locked, told, and open; a citizen has neither', async () => {
  const { value: citizen } = grownForeigners().next();
  const { nationalId: national_id } = citizen!;
  secrets.push({ kind: 'national_id', value: national_id }, { kind: 'name', value: citizen!.fullName });
  const subject = await world.openFor(deps, citizen);
  await world.happen(registry, { kind: 'passport_expired', national_id });
  await world.happen(registry, { kind: 'residence_ended', national_id });
  await follow();
  expect((await world.stateOf(deps, subject)).grounds).toEqual(['passport_expired', 'residence_ended']);
  expect(await world.waitingJobs(db)).toEqual([
    `end_sessions:${subject}`,
    `tell_of_lock:${subject}:passport_expired`,
    `tell_of_lock:${subject}:residence_ended`,
  ]);
  await world.happen(registry, { kind: 'passport_renewed', national_id, number: 'X7', expires_on: '2040-01-01' });
  await follow();
  expect(await world.stateOf(deps, subject)).toMatchObject({
    grounds: ['residence_ended'],
    personal: { stay: { passport: { number: 'X7', expiresOn: '2040-01-01' } } },
  });
  await world.happen(registry, { kind: 'residence_extended', national_id, expires_on: '2039-01-01' });
  await follow();
  expect((await world.stateOf(deps, subject)).grounds).toEqual([]);
  const of = { national_id: somebody().nationalId };
  await expect(world.happen(registry, { kind: 'passport_expired', ...of })).rejects.toThrow('409');
});

test('a new card ends the grounds of the card, and no other', async () => {
  const { citizen, subject } = await resident();
  await lockAccount(deps, subject, { ground: 'self_request', actor: 'test' });
  await world.happen(registry, { kind: 'card_expired', national_id: citizen.nationalId });
  await world.happen(registry, { kind: 'card_issued', national_id: citizen.nationalId });
  await follow();
  expect((await world.stateOf(deps, subject)).grounds).toEqual(['self_request']);
});

test('name, birth date and residence are sealed anew, phone and mail stay the holder’s', async () => {
  const citizen = somebody();
  const subject = await world.openFor(deps, citizen, { email: 'an@example.vn' });
  const { nationalId: national_id } = citizen;
  const address = { detail: 'Số 1 phố Mới', ward: 'Phường Cửa Nam', province: 'Thành phố Hà Nội' };
  await world.happen(registry, { kind: 'name_corrected', national_id, full_name: 'Đỗ Thị Tên Mới' });
  await world.happen(registry, { kind: 'birth_date_corrected', national_id, birth_date: '1971' });
  await world.happen(registry, { kind: 'residence_changed', national_id, address });
  await follow();
  const { personal } = await world.stateOf(deps, subject);
  expect(personal).toMatchObject({ fullName: 'Đỗ Thị Tên Mới', birthDate: '1971', address, email: 'an@example.vn' });
  expect(await world.registryEvents(db, subject)).toEqual(Array(3).fill('account.record_corrected'));
});

test('a number re-established: the new one finds the same subject, the old one nobody', async () => {
  const { citizen, subject } = await resident();
  await world.happen(registry, { kind: 'number_reestablished', national_id: citizen.nationalId });
  await follow();
  const { personal } = await world.stateOf(deps, subject);
  expect(personal.nationalId).not.toBe(citizen.nationalId);
  expect(personal.formerNationalIds).toEqual([citizen.nationalId]);
  secrets.push({ kind: 'national_id', value: personal.nationalId });
  expect((await findAccountByNationalId(deps, world.number(personal.nationalId)))?.subject).toBe(subject);
  expect(await findAccountByNationalId(deps, world.number(citizen.nationalId))).toBeUndefined();
  const { rows } = await db.query('SELECT 1 FROM account_identifier WHERE account_id = $1', [subject]);
  expect(rows).toHaveLength(2);
});

test('a number whose successor has an account of its own ends with its account', async () => {
  const { citizen, subject } = await resident();
  const told = (await world.happen(registry, {
    kind: 'number_reestablished',
    national_id: citizen.nationalId,
  })) as { change: { new_national_id: string } };
  const { phone: _, ...other } = citizen;
  const successor = await world.openFor(deps, { ...other, nationalId: told.change.new_national_id });
  await follow();
  expect(await world.stateOf(deps, subject)).toMatchObject({ state: 'ended', answersToItsNumber: false });
  expect(await world.stateOf(deps, successor)).toMatchObject({ state: 'active', answersToItsNumber: true });
  expect(await world.registryEvents(db, subject)).toEqual(['account.moved', 'account.number_cancelled']);
});

test('a guardian on record is in charge, and the next one after', async () => {
  const [child, first, second] = [await resident(), await resident(), await resident()];
  const { nationalId: national_id } = child.citizen;
  await world.happen(registry, { kind: 'guardian_changed', national_id, guardian: first.citizen.nationalId });
  await follow();
  expect((await world.stateOf(deps, child.subject)).guardian).toBe(first.subject);
  await world.happen(registry, { kind: 'guardian_changed', national_id, guardian: second.citizen.nationalId });
  await follow();
  const after = await world.stateOf(deps, child.subject);
  expect(after.guardian).toBe(second.subject);
  await world.happen(registry, { kind: 'guardian_changed', national_id, guardian: null });
  await follow();
  expect((await world.stateOf(deps, child.subject)).guardian).toBeUndefined();
  // no guardian on record any more: the account is its holder's own, and nobody is to confirm
  expect((await findAccount(deps, child.subject))?.guardian).toBeUndefined();
});

test('of a person without an account nothing is kept, and the place moves on', async () => {
  const before = (await db.query('SELECT 1 FROM audit_event')).rowCount;
  await world.happen(registry, { kind: 'death', national_id: somebody().nationalId });
  expect(await follow()).toEqual({ kind: 'caught_up', count: 1 });
  expect((await db.query('SELECT 1 FROM audit_event')).rowCount).toBe(before);
  expect(await follow()).toEqual({ kind: 'caught_up', count: 0 });
});

test('told again and again, each change has its effect once', async () => {
  const { citizen, subject } = await resident();
  await world.happen(registry, { kind: 'card_withdrawn', national_id: citizen.nationalId, held: false });
  await world.happen(registry, { kind: 'card_issued', national_id: citizen.nationalId });
  await follow();
  await registry.call('/sandbox/conditions', { repeats: 100 });
  for (let i = 0; i < 3; i += 1) await follow();
  await db.query('UPDATE registry_feed SET cursor = NULL');
  await follow();
  await registry.call('/sandbox/conditions', {});
  expect((await world.stateOf(deps, subject)).grounds).toEqual([]);
  expect(await world.registryEvents(db, subject)).toEqual(['account.lock_ended', 'account.locked']);
});

test('two at work at once give each change its effect once', async () => {
  const { citizen, subject } = await resident();
  for (let i = 0; i < 5; i += 1) {
    await world.happen(registry, { kind: 'name_corrected', national_id: citizen.nationalId, full_name: `Tên Số ${i}` });
  }
  await Promise.all([follow(), follow(), follow()]);
  await follow();
  expect(await world.registryEvents(db, subject)).toHaveLength(5);
  expect((await world.stateOf(deps, subject)).personal.fullName).toBe('Tên Số 4');
});

test('the lag is the age of what may not be seen yet', async () => {
  clock.passSeconds(60);
  await follow();
  expect(await findFeedLag(deps)).toBe(0);
  clock.passSeconds(90);
  expect(await findFeedLag(deps)).toBe(90);
  await registry.call('/sandbox/conditions', { failing: true });
  expect(await follow()).toEqual({ kind: 'unavailable' });
  expect(await findFeedLag(deps)).toBe(90);
  await registry.call('/sandbox/conditions', {});
  await follow();
  expect(await findFeedLag(deps)).toBe(0);
});
