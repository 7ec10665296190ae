import * as fc from 'fast-check';
import { applyChange } from '../../../src/accounts/registry-feed/apply-change.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import type { SubjectId } from '../../../src/kernel/ids.ts';
import { unreachable } from '../../../src/kernel/unreachable.ts';
import type { Person, RegistryChange, Stay } from '../../../src/registry/population-registry.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { testKeyring } from '../../support/test-keyring.ts';
import * as world from './feed-world.ts';

const { db } = await freshDatabase();
const deps = { db, keyring: testKeyring(), clock: systemClock };
const PEOPLE = 3;
const KINDS = [
  'death',
  'card_issued',
  'card_expired',
  'card_withdrawn',
  'name_corrected',
  'residence_changed',
  'number_reestablished',
  'guardian_changed',
  'passport_expired',
  'passport_renewed',
  'residence_ended',
  'residence_extended',
] as const;

interface Fact {
  readonly who: number;
  readonly kind: (typeof KINDS)[number];
  readonly other: number;
}
const facts = fc.array(
  fc.record({ who: fc.nat(PEOPLE - 1), kind: fc.constantFrom(...KINDS), other: fc.nat(PEOPLE - 1) }),
  { minLength: 1, maxLength: 12 },
);

let worlds = 0;
/** People nobody has seen before, and the facts as the registry would tell them of these people, in order. */
async function settle(told: readonly Fact[]) {
  worlds += 1;
  let numbers = 0;
  const fresh = () => `0${String(worlds).padStart(5, '0')}${String((numbers += 1)).padStart(6, '0')}`;
  const persons: Person[] = Array.from({ length: PEOPLE }, (_, i) => ({
    nationalId: world.number(fresh()),
    fullName: `Người Thứ ${i}`,
    birthDate: '1980-01-01',
    gender: 'female',
    nationality: 'Việt Nam',
    card: { status: 'valid', issuedOn: '2024-01-01', expiresOn: '2040-01-01' },
    // the last of them is a foreigner
    ...(i === PEOPLE - 1 && { card: { status: 'none' }, stay: STAY }),
  }));
  const first = [...persons];
  const subjects: SubjectId[] = [];
  for (const [i, person] of persons.entries()) {
    const citizen = { ...person, nationalId: person.nationalId.reveal(), household: '', address: HOME, card: {} };
    const { guardian: _g, ...record } = citizen;
    subjects.push(await world.openFor(deps, { ...record, phone: `+849${String(worlds * 10 + i).padStart(8, '0')}` }));
  }
  const changes = told.map(({ who, kind, other }, i): RegistryChange => {
    const before = persons[who]!;
    const change = { cursor: `${worlds}-${i}`, occurredAt: new Date(1.75e12 + i).toISOString(), kind };
    persons[who] = after(before, kind, { i, guardian: first[other]!.nationalId, renewed: world.number(fresh()) });
    const renewed = kind === 'number_reestablished' ? { newNationalId: persons[who].nationalId } : {};
    return { ...change, nationalId: before.nationalId, person: persons[who], ...renewed };
  });
  return { subjects, changes };
}
const STAY: Stay = {
  passport: { number: 'X1', issuedOn: '2024-01-01', expiresOn: '2034-01-01' },
  residence: { kind: 'temporary', issuedOn: '2024-01-01', expiresOn: '2029-01-01' },
  biometricsOnRecord: true,
};
const HOME = { detail: '1', ward: 'Phường Một', province: 'Hà Nội' };

function after(
  person: Person,
  kind: Fact['kind'],
  { i, guardian, renewed }: { i: number; guardian: Person['nationalId']; renewed: Person['nationalId'] },
): Person {
  switch (kind) {
    case 'death':
      return { ...person, deceasedOn: '2026-01-01' };
    case 'card_issued':
      return { ...person, card: { status: 'valid', issuedOn: '2026-01-01', expiresOn: '2041-01-01' } };
    case 'card_expired':
      return { ...person, card: { ...person.card, status: 'expired' } };
    case 'card_withdrawn':
      return { ...person, card: { ...person.card, status: 'withdrawn' } };
    case 'name_corrected':
      return { ...person, fullName: `Tên ${i}` };
    case 'residence_changed':
      return { ...person, address: { ...HOME, detail: `Nhà ${i}` } };
    case 'number_reestablished':
      return { ...person, nationalId: renewed };
    case 'guardian_changed':
      return { ...person, guardian };
    case 'passport_expired':
      return withPapers(person, { passport: '2020-01-01' });
    case 'passport_renewed':
      return withPapers(person, { passport: '2036-01-01' });
    case 'residence_ended':
      return withPapers(person, { residence: '2020-01-01' });
    case 'residence_extended':
      return withPapers(person, { residence: '2031-01-01' });
    default:
      return unreachable(kind);
  }
}

function withPapers(person: Person, until: { passport?: string; residence?: string }): Person {
  const { stay } = person;
  if (!stay) return person;
  const passport = { ...stay.passport, expiresOn: until.passport ?? stay.passport.expiresOn };
  const expiresOn = until.residence ?? stay.residence.expiresOn;
  return { ...person, stay: { ...stay, passport, residence: { ...stay.residence, ...(expiresOn && { expiresOn }) } } };
}

async function tell(changes: readonly RegistryChange[]): Promise<void> {
  await db.query('UPDATE registry_feed SET cursor = NULL');
  let place: string | undefined;
  for (const change of changes) {
    expect(await applyChange(deps, place, change)).not.toBe('moved');
    place = change.cursor;
  }
}

/** The end of a world, in words that are the same in every world. */
async function endOf(subjects: readonly SubjectId[]) {
  const numberIn = (subject: string | null | undefined) => subjects.findIndex((one) => one === subject);
  const states = [];
  for (const subject of subjects) {
    const { personal, guardian, ...state } = await world.stateOf(deps, subject);
    const { nationalId, formerNationalIds, phone, ...record } = personal;
    states.push({
      ...state,
      record,
      number: nationalId.slice(6),
      former: formerNationalIds?.map((former) => former.slice(6)),
      hasPhone: phone !== undefined,
      guardian: numberIn(guardian),
      // what one transaction writes has no order of its own: two of its events may share a millisecond, or not
      events: (await world.registryEvents(db, subject)).toSorted(),
    });
  }
  return states;
}

test('told again and in another order between persons, the feed ends in the same state with the same audit', async () => {
  await fc.assert(
    fc.asyncProperty(facts, fc.infiniteStream(fc.nat()), async (told, dice) => {
      const roll = (below: number): number => (dice.next().value ?? 0) % below;
      const plain = await settle(told);
      await tell(plain.changes);
      const other = await settle(told);
      await tell(disturbed(other.changes, told, roll));
      expect(await endOf(other.subjects)).toEqual(await endOf(plain.subjects));
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** Each person's changes in their order, between persons in any; and anything told once may be told again. */
function disturbed(changes: readonly RegistryChange[], told: readonly Fact[], roll: (below: number) => number) {
  const queues = Array.from({ length: PEOPLE }, (_, who) => changes.filter((_change, i) => told[i]?.who === who));
  const out: RegistryChange[] = [];
  for (let left = queues.filter((queue) => queue.length > 0); left.length > 0;) {
    const next = left[roll(left.length)]?.shift();
    if (next) out.push(next);
    const again = out[roll(out.length)];
    if (again && roll(2) === 0) out.push(again);
    left = left.filter((queue) => queue.length > 0);
  }
  return out;
}
