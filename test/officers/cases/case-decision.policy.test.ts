import { expect, test } from '@jest/globals';
import { mayDecide, type DecisionFacts } from '../../../src/officers/cases/case-decision.policy.ts';

const PATH = ['cau-giay', 'ha-noi', 'mps'];
const facts = (officeId: string, more: Partial<DecisionFacts> = {}): DecisionFacts => ({
  state: 'submitted',
  touchedBy: ['counter'],
  officePath: PATH,
  officer: { officerId: 'approver', officeId, reach: 'own_tree' },
  ...more,
});

test.each<[string, DecisionFacts, ReturnType<typeof mayDecide>['kind']]>([
  ['the same office', facts('cau-giay'), 'may_decide'],
  ['the province above', facts('ha-noi'), 'may_decide'],
  ['the ministry', facts('mps'), 'may_decide'],
  ['a sister office', facts('hoan-kiem'), 'out_of_reach'],
  ['another province', facts('ho-chi-minh'), 'out_of_reach'],
  ['an office below', facts('cau-giay', { officePath: ['ha-noi', 'mps'] }), 'out_of_reach'],
  ['their own work', facts('ha-noi', { touchedBy: ['counter', 'approver'] }), 'touched'],
  ['their own work, decided', facts('ha-noi', { touchedBy: ['approver'], state: 'granted' }), 'touched'],
  ['granted', facts('ha-noi', { state: 'granted' }), 'already_decided'],
  ['refused', facts('ha-noi', { state: 'refused' }), 'already_decided'],
  ['a case of no office', facts('ha-noi', { officePath: [] }), 'out_of_reach'],
])('%s', (_, asked, expected) => {
  expect(mayDecide(asked).kind).toBe(expected);
});
