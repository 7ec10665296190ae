import { readFileSync } from 'node:fs';
import type { Citizen } from './nation/citizen.ts';
import type { TestPerson } from './test-person.ts';

/**
 * The ready-made people of the sandbox, always the same, beside those drawn from the seed. All made up. Their passwords and
 * keys are public on purpose, and are known only to a program started with the sandbox on.
 */
export const TEST_PEOPLE = JSON.parse(
  readFileSync(new URL('data/test-people.json', import.meta.url), 'utf8'),
) as readonly TestPerson[];

/** Their records in the population. */
export const FIXED_PEOPLE: readonly Citizen[] = TEST_PEOPLE.map(({ citizen }) => citizen);
/** Without the foreigners, whose numbers are apart. */
export const FIXED_CITIZENS: readonly Citizen[] = FIXED_PEOPLE.filter(({ stay }) => !stay);
