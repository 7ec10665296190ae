import fc from 'fast-check';
import { claimPhone } from '../../src/accounts/claim-phone.ts';
import { findAccount, findAccountByPhone } from '../../src/accounts/find-account.ts';
import { mayClaimPhone } from '../../src/accounts/phone-claim.policy.ts';
import { parsePhoneNumber } from '../../src/registry/phone-number.ts';
import type { Person, RegistryAnswer } from '../../src/registry/population-registry.ts';
import type { Citizen } from '../../src/sandbox/nation/citizen.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { installLeakNet, type Secret } from '../support/leak-net.ts';
import { adults } from '../support/resident.ts';
import { TestClock } from '../support/test-clock.ts';
import { testKeyring } from '../support/test-keyring.ts';
import * as world from './registry-feed/feed-world.ts';

const { db } = await freshDatabase();
const clock = new TestClock();
const keyring = testKeyring();
const records = new Map<string, string | undefined>();
const registry = {
  isDown: false,
  async findPerson(nationalId: { reveal(): string }): Promise<RegistryAnswer<Person>> {
    if (registry.isDown) return { kind: 'unavailable' };
    const phone = records.get(nationalId.reveal());
    return { kind: 'found', value: { ...(phone !== undefined && { phone }) } as Person };
  },
};
const deps = { db, clock, keyring, registry };
const people = adults();
const secrets: Secret[] = [];
installLeakNet({ db, secrets: () => secrets });

async function holderAndOwner() {
  const [holder, owner] = [people.next().value!, people.next().value!];
  const phone = owner.phone;
  for (const { nationalId } of [holder, owner]) secrets.push({ kind: 'national_id', value: nationalId });
  secrets.push({ kind: 'phone', value: phone });
  records.set(owner.nationalId, phone);
  records.set(holder.nationalId, undefined);
  const subject = await world.openFor(deps, { ...holder, phone }, { email: 'holder@example.vn' }, clock.now());
  return { holder, owner, phone: parsePhoneNumber(phone)!, subject };
}
const claim = (owner: Citizen, phone: NonNullable<ReturnType<typeof parsePhoneNumber>>, isProven = true) =>
  claimPhone(deps, { phone, claimant: world.number(owner.nationalId), isProven, actor: 'registration' });

test('the true owner gets the phone; the account it served is locked, without it, and told by mail', async () => {
  const { owner, phone, subject } = await holderAndOwner();
  expect(await claim(owner, phone)).toEqual({ kind: 'claimed' });
  expect(await findAccountByPhone(deps, phone)).toBeUndefined();
  const facts = await findAccount(deps, subject);
  expect(facts?.grounds).toEqual(['terms_breach']);
  expect(facts?.personal.reveal().phone).toBeUndefined();
  const { rows } = await db.query(`SELECT kind, actor FROM audit_event WHERE account_id = $1 AND actor IS NOT NULL`, [
    subject,
  ]);
  expect(rows).toContainEqual({ kind: 'account.phone_claimed', actor: 'registration' });
  expect(rows).toContainEqual({ kind: 'account.locked', actor: 'registration' });
  const jobs = await db.query<{ task: string }>(
    'SELECT task_identifier AS task FROM graphile_worker.jobs ORDER BY task_identifier',
  );
  expect(jobs.rows.map(({ task }) => task)).toEqual(['end_sessions', 'tell_of_lock', 'tell_of_phone']);
  expect(await claim(owner, phone)).toEqual({ kind: 'free' });
  await world.openFor(deps, owner, {}, clock.now());
  expect(await claim(owner, phone)).toEqual({ kind: 'free' });
});

test('of twenty claims at once one takes it', async () => {
  const { owner, phone, subject } = await holderAndOwner();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => claim(owner, phone)));
  expect(outcomes.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
  const { rowCount } = await db.query(
    `SELECT 1 FROM audit_event WHERE account_id = $1 AND kind = 'account.phone_claimed'`,
    [subject],
  );
  expect(rowCount).toBe(1);
});

test.each<[string, (facts: Awaited<ReturnType<typeof holderAndOwner>>) => void, boolean, object]>([
  ['without a code', () => undefined, false, { kind: 'refused', reason: 'not_proven' }],
  [
    'of a phone not on record',
    ({ owner }) => records.delete(owner.nationalId),
    true,
    { kind: 'refused', reason: 'not_own' },
  ],
  [
    'of a phone that is the holder’s too',
    ({ holder, owner }) => records.set(holder.nationalId, owner.phone),
    true,
    { kind: 'refused', reason: 'holders_own' },
  ],
  ['while the registry is away', () => void (registry.isDown = true), true, { kind: 'unavailable' }],
])('a claim %s changes nothing', async (_, disturb, isProven, expected) => {
  const facts = await holderAndOwner();
  disturb(facts);
  const outcome = await claim(facts.owner, facts.phone, isProven);
  registry.isDown = false;
  expect(outcome).toEqual(expected);
  expect((await findAccountByPhone(deps, facts.phone))?.subject).toBe(facts.subject);
  expect((await findAccount(deps, facts.subject))?.grounds).toEqual([]);
});

test('nobody loses a phone that is on their own record, or to one who did not prove it', () => {
  const facts = fc.record({ isClaimants: fc.boolean(), isProven: fc.boolean(), isHolders: fc.boolean() });
  fc.assert(
    fc.property(facts, (known) => {
      if (mayClaimPhone(known).kind === 'claimed') {
        expect(known).toEqual({ isClaimants: true, isProven: true, isHolders: false });
      }
    }),
  );
});
