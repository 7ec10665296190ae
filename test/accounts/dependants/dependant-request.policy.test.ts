import { expect, test } from '@jest/globals';
import {
  mayRequestFor,
  REQUEST_REFUSALS,
  type RequestFacts,
  type RequestRefusal,
} from '../../../src/accounts/dependants/dependant-request.policy.ts';

const NOW = new Date('2026-11-22T02:00:00Z');
const GUARDIAN = { level: '02', hasPhone: true, isDependant: false } as const;
const CHILD = { birthDate: '2016-03-08', deceased: false, cardStatus: 'valid' } as const;
const FACTS: RequestFacts = { guardian: GUARDIAN, isOnRecord: true, person: CHILD, hasAccount: false };

test.each<[string, Partial<RequestFacts>, 'at_counter' | 'not_yet' | RequestRefusal[]]>([
  ['a child of ten', {}, 'at_counter'],
  ['six today', { person: { ...CHILD, birthDate: '2020-11-22' } }, 'at_counter'],
  ['six tomorrow', { person: { ...CHILD, birthDate: '2020-11-23' } }, 'not_yet'],
  ['a year alone, perhaps five', { person: { ...CHILD, birthDate: '2020' } }, 'not_yet'],
  ['fourteen tomorrow', { person: { ...CHILD, birthDate: '2012-11-23' } }, 'at_counter'],
  ['fourteen today', { person: { ...CHILD, birthDate: '2012-11-22' } }, ['of_age']],
  ['fourteen, and a ward', { person: { ...CHILD, birthDate: '2012-11-22', ward: true } }, 'at_counter'],
  ['a year alone, perhaps thirteen', { person: { ...CHILD, birthDate: '2012' } }, 'at_counter'],
  ['an adult under a guardian', { person: { ...CHILD, birthDate: '1960' } }, 'at_counter'],
  [
    'of age: whether there is an account is not said',
    { person: { ...CHILD, birthDate: '2011-01-01' }, hasAccount: true },
    ['of_age'],
  ],
  ['another guardian: nothing is said of the person', { isOnRecord: false, hasAccount: true }, ['not_in_care']],
  ['an account', { hasAccount: true }, ['has_account']],
  ['dead', { person: { ...CHILD, deceased: true }, hasAccount: true }, ['dead']],
  ['no card', { person: { ...CHILD, cardStatus: 'none' } }, ['no_card']],
  ['an expired card', { person: { ...CHILD, cardStatus: 'expired' } }, ['card_expired']],
  ['a held card', { person: { ...CHILD, cardStatus: 'held' } }, ['card_held']],
  ['a withdrawn card', { person: { ...CHILD, cardStatus: 'withdrawn' } }, ['card_withdrawn']],
  ['a guardian of level 01', { guardian: { ...GUARDIAN, level: '01' } }, ['own_level_too_low']],
  ['a guardian without a phone', { guardian: { ...GUARDIAN, hasPhone: false } }, ['own_phone_missing']],
  ['a guardian who is a ward', { guardian: { ...GUARDIAN, isDependant: true } }, ['guardian_under_guardian']],
])('%s', (_, facts, expected) => {
  const decision = mayRequestFor({ ...FACTS, ...facts }, NOW);
  expect(decision.kind === 'eligible' ? decision.level02 : decision.reasons).toEqual(expected);
});

test('every refusal names its rule', () => {
  for (const rule of Object.values(REQUEST_REFUSALS)) expect(rule).toMatch(/^(Law|Decree|Civil Code) .*art\. \d+/);
});
