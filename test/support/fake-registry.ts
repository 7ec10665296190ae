import { matchesDeclared } from '../../src/registry/declared-match.policy.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import type {
  Person,
  PopulationRegistry,
  RegistryAnswer,
  RegistryChange,
} from '../../src/registry/population-registry.ts';
import { cardStatus, type Citizen } from '../../src/sandbox/nation/citizen.ts';
import type { Happening } from '../../src/sandbox/nation/happening.ts';
import { liveNation, type Told } from '../../src/sandbox/nation/live-nation.ts';
import { createNation, DEFAULT_SEED } from '../../src/sandbox/nation/nation.ts';
import { FIXED_PEOPLE } from '../../src/sandbox/people.ts';

export interface FakeRegistry extends PopulationRegistry {
  /** Makes something happen; throws when it cannot. */
  happen(happening: Happening): void;
  /** While true, every answer is `unavailable`. */
  down: boolean;
}

/** The sandbox's nation in memory, for tests that need no process: 1,000 people, the fixed ones first. */
export function fakeRegistry(now: () => Date = () => new Date()): FakeRegistry {
  const nation = liveNation(createNation({ people: 1000, seed: DEFAULT_SEED, fixed: FIXED_PEOPLE }));
  const today = (): string => now().toISOString().slice(0, 10);
  const answer = <T>(value: T | undefined): RegistryAnswer<T> => {
    if (fake.down) return { kind: 'unavailable' };
    return value === undefined ? { kind: 'not_found' } : { kind: 'found', value };
  };
  const find = (nationalId: string): Person | undefined => {
    const citizen = nation.find(nationalId);
    return citizen && personOf(citizen, today());
  };
  const fake: FakeRegistry = {
    down: false,
    findPerson: async (nationalId) => answer(find(nationalId.reveal())),
    async findMatching(declared) {
      const person = find(declared.nationalId.reveal());
      return answer(person && matchesDeclared(declared, person) ? person : undefined);
    },
    changesAfter: async (cursor, limit) =>
      answer(nation.toldAfter(Number(cursor ?? 0), limit).map((told) => changeOf(told, today()))),
    happen(happening) {
      if (!nation.apply(happening, now().toISOString())) throw new Error('cannot happen');
    },
  };
  return fake;
}

const personOf = (citizen: Citizen, today: string): Person => {
  const { nationalId, guardian, household: _household, card, ...rest } = citizen;
  const { taken: _taken, ...dates } = card;
  return {
    ...rest,
    nationalId: parseNationalId(nationalId)!,
    card: { ...dates, status: cardStatus(citizen, today) },
    ...(guardian !== undefined && { guardian: parseNationalId(guardian)! }),
  };
};

const changeOf = ({ sequence, occurredAt, happening, record }: Told, today: string): RegistryChange => ({
  cursor: String(sequence),
  occurredAt,
  kind: happening.kind,
  nationalId: parseNationalId(happening.national_id)!,
  person: personOf(record, today),
  ...(happening.kind === 'number_reestablished' && { newNationalId: parseNationalId(record.nationalId)! }),
});
