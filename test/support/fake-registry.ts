import { matchesDeclared } from '../../src/registry/declared-match.policy.ts';
import type { OrganisationRegister } from '../../src/registry/organisation-register.ts';
import { organisationOf } from '../../src/sandbox/open-test-organisation.ts';
import { TEST_ORGANISATIONS } from '../../src/sandbox/organisations.ts';
import { drawOrganisations } from '../../src/sandbox/nation/draw-organisations.ts';
import { parseNationalId } from '../../src/registry/national-id.ts';
import type {
  Person,
  PopulationRegistry,
  RegistryAnswer,
  RegistryChange,
} from '../../src/registry/population-registry.ts';
import { cardStatus, type Citizen } from '../../src/sandbox/nation/citizen.ts';
import type { Happening } from '../../src/sandbox/nation/happening.ts';
import { liveNation, type Told, type ToldOfPerson } from '../../src/sandbox/nation/live-nation.ts';
import { createNation, DEFAULT_SEED } from '../../src/sandbox/nation/nation.ts';
import { FIXED_PEOPLE } from '../../src/sandbox/people.ts';

export interface FakeRegistry extends PopulationRegistry, OrganisationRegister {
  /** Makes something happen; throws when it cannot. */
  happen(happening: Happening): void;
  /** While true, every answer is `unavailable`. */
  down: boolean;
}

/** The sandbox's nation in memory, for tests that need no process: 1,000 people, the fixed ones first. */
export function fakeRegistry(now: () => Date = () => new Date()): FakeRegistry {
  const drawn = createNation({ people: 1000, seed: DEFAULT_SEED, fixed: FIXED_PEOPLE });
  const nation = liveNation(drawn, drawOrganisations(drawn, DEFAULT_SEED, TEST_ORGANISATIONS));
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
    async findOrganisation(taxNumber) {
      const found = nation.findOrganisation(taxNumber);
      return answer(found && organisationOf(found));
    },
    findDependants: async (guardian) =>
      answer(nation.dependantsOf(guardian.reveal()).map((citizen) => personOf(citizen, today()))),
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

const changeOf = (told: Told, today: string): RegistryChange =>
  'organisation' in told
    ? {
        cursor: String(told.sequence),
        occurredAt: told.occurredAt,
        kind: told.happening.kind,
        organisation: organisationOf(told.organisation),
      }
    : personChange(told, today);

const personChange = ({ sequence, occurredAt, happening, record }: ToldOfPerson, today: string): RegistryChange => ({
  cursor: String(sequence),
  occurredAt,
  kind: happening.kind,
  nationalId: parseNationalId(happening.national_id)!,
  person: personOf(record, today),
  ...(happening.kind === 'number_reestablished' && { newNationalId: parseNationalId(record.nationalId)! }),
});
