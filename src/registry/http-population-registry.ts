import type { Logger } from 'pino';
import { registryAsker } from './ask-registry.ts';
import { matchesDeclared } from './declared-match.policy.ts';
import type { NationalId } from './national-id.ts';
import type { Person, PopulationRegistry, RegistryAnswer } from './population-registry.ts';
import type { RegistryAddress } from './post-json.ts';
import { ChangesAnswer, DependantsAnswer, PersonAnswer, REGISTRY_PATHS } from './registry-wire.ts';

const PERSON_BYTES = 64 * 1024;
const DEPENDANTS_BYTES = 512 * 1024;
const CHANGE_BYTES = 16 * 1024;

/**
 * The population registry behind an HTTP address. Every failure (outage, deadline, refusal, an answer that is not what was
 * agreed) is `unavailable`, and is logged by its kind alone: neither what was asked nor what came back.
 */
export function httpPopulationRegistry(
  deps: { log: Pick<Logger, 'warn'> },
  address: RegistryAddress,
): PopulationRegistry {
  const { ask, warn } = registryAsker(deps, address);

  async function findPerson(nationalId: NationalId): Promise<RegistryAnswer<Person>> {
    const body = { national_id: nationalId.reveal() };
    const answer = await ask(REGISTRY_PATHS.findPerson, body, PersonAnswer, PERSON_BYTES);
    if (answer === undefined) return { kind: 'unavailable' };
    if (answer.person === null) return { kind: 'not_found' };
    if (answer.person.nationalId.reveal() === nationalId.reveal()) return { kind: 'found', value: answer.person };
    warn(REGISTRY_PATHS.findPerson, 'another_person');
    return { kind: 'unavailable' };
  }

  return {
    findPerson,
    // Compared here, so that it means the same with any registry, and the registry never learns what was typed.
    async findMatching(declared) {
      const answer = await findPerson(declared.nationalId);
      return answer.kind === 'found' && !matchesDeclared(declared, answer.value) ? { kind: 'not_found' } : answer;
    },
    async findDependants(guardian) {
      const body = { guardian: guardian.reveal() };
      const answer = await ask(REGISTRY_PATHS.findDependants, body, DependantsAnswer, DEPENDANTS_BYTES);
      if (answer === undefined) return { kind: 'unavailable' };
      const isTheirs = answer.persons.every((person) => person.guardian?.reveal() === guardian.reveal());
      if (isTheirs) return { kind: 'found', value: answer.persons };
      warn(REGISTRY_PATHS.findDependants, 'another_guardian');
      return { kind: 'unavailable' };
    },
    async changesAfter(cursor, limit) {
      const body = { ...(cursor !== undefined && { after: cursor }), limit };
      const answer = await ask(REGISTRY_PATHS.changes, body, ChangesAnswer, CHANGE_BYTES * (limit + 1));
      return answer === undefined ? { kind: 'unavailable' } : { kind: 'found', value: answer.changes };
    },
  };
}
