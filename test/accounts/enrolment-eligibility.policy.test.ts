import { expect, test } from '@jest/globals';
import {
  ENROLMENT_REFUSALS,
  mayEnrol,
  type EnrolmentFacts,
  type EnrolmentRefusal,
} from '../../src/accounts/enrolment-eligibility.policy.ts';

import type { Stay } from '../../src/registry/population-registry.ts';

const TODAY = new Date('2026-11-22T02:00:00Z');
const PHONE = '+84912345678';
const NEW: EnrolmentFacts = { birthDate: '1990-01-01', deceased: false, cardStatus: 'valid', caseOpen: false };
const ALONG = { isOnRecord: true, mayConfirm: true };
const ACCOUNT = { state: 'active', level: '01', locked: false, phone: PHONE, invited: false } as const;
const stayUntil = (passport: string, residence: string): Stay => ({
  passport: { number: 'X1', issuedOn: '2020-01-01', expiresOn: passport },
  residence: { kind: 'temporary', issuedOn: '2020-01-01', expiresOn: residence },
  biometricsOnRecord: true,
});
const STAY = stayUntil('2030-01-01', '2029-01-01');
const phone = { number: PHONE, servesAnotherAccount: false };

test.each<[string, Partial<EnrolmentFacts>, 'grant' | 'raise_level' | EnrolmentRefusal[]]>([
  ['no account', {}, 'grant'],
  ['no account, a phone of nobody', { phone }, 'grant'],
  ['an account of level 01', { account: ACCOUNT, phone }, 'raise_level'],
  ['fourteen today', { birthDate: '2012-11-22' }, 'grant'],
  ['fourteen tomorrow', { birthDate: '2012-11-23' }, ['under_age']],
  ['a year alone, perhaps thirteen', { birthDate: '2012' }, ['under_age']],
  ['ten, together with the guardian', { birthDate: '2016', guardian: ALONG }, 'grant'],
  ['ten, the guardian not asked for yet', { birthDate: '2016', guardian: 'to_be_named' }, 'grant'],
  [
    'ten, with level 01',
    { birthDate: '2016', guardian: ALONG, account: { ...ACCOUNT, phone: undefined } },
    'raise_level',
  ],
  [
    'ten, with somebody else',
    { birthDate: '2016', guardian: { ...ALONG, isOnRecord: false } },
    ['guardian_not_on_record'],
  ],
  [
    'ten, the guardian without level 02',
    { birthDate: '2016', guardian: { ...ALONG, mayConfirm: false } },
    ['guardian_cannot_confirm'],
  ],
  ['five, with the guardian', { birthDate: '2020-11-23', guardian: ALONG }, ['under_six']],
  ['six today, with the guardian', { birthDate: '2020-11-22', guardian: ALONG }, 'grant'],
  ['an adult with a guardian along', { guardian: ALONG }, ['guardian_not_needed']],
  ['a ward alone', { ward: true }, ['under_age']],
  ['a ward with the guardian', { ward: true, guardian: ALONG }, 'grant'],
  [
    'fourteen by now, no phone of their own until now',
    { account: { ...ACCOUNT, phone: undefined }, phone },
    'raise_level',
  ],
  ['dead: nothing else matters of the person', { deceased: true, cardStatus: 'expired' }, ['dead']],
  ['an expired card', { cardStatus: 'expired' }, ['card_expired']],
  ['a withdrawn card', { cardStatus: 'withdrawn' }, ['card_withdrawn']],
  ['a card that is held', { cardStatus: 'held' }, ['card_held']],
  ['no card', { cardStatus: 'none' }, ['no_card']],
  ['level 02', { account: { ...ACCOUNT, level: '02' } }, ['already_level_02']],
  ['granted', { account: { ...ACCOUNT, state: 'granted', level: '02' } }, ['awaits_activation']],
  ['overdue', { account: { ...ACCOUNT, state: 'activation_overdue', level: '02' } }, ['awaits_activation']],
  ['invited to raise', { account: { ...ACCOUNT, invited: true } }, ['awaits_activation']],
  ['locked', { account: { ...ACCOUNT, locked: true } }, ['account_locked']],
  ['ended', { account: { ...ACCOUNT, state: 'ended' } }, ['account_ended']],
  ['the phone of another', { phone: { ...phone, servesAnotherAccount: true } }, ['phone_taken']],
  ['another phone', { account: { ...ACCOUNT, phone: '+84900000000' }, phone }, ['phone_not_of_account']],
  ['an expired card, while another is being made', { cardStatus: 'expired', cardBeingMade: true }, 'grant'],
  [
    'locked by the expired card, while another is being made',
    {
      cardStatus: 'expired',
      cardBeingMade: true,
      account: { ...ACCOUNT, locked: true, lockedByCardAlone: true },
    },
    'raise_level',
  ],
  [
    'locked by the expired card alone, and no other is being made',
    { cardStatus: 'expired', account: { ...ACCOUNT, locked: true, lockedByCardAlone: true } },
    ['card_expired', 'account_locked'],
  ],
  ['no card, while one is being made', { cardStatus: 'none', cardBeingMade: true }, 'grant'],
  ['a withdrawn card, whatever is being made', { cardStatus: 'withdrawn', cardBeingMade: true }, ['card_withdrawn']],
  ['a valid card that nobody saw', { cardBeingMade: true }, ['card_not_seen']],
  ['a foreigner with valid papers', { cardStatus: 'none', stay: STAY }, 'grant'],
  ['papers on their last day', { cardStatus: 'none', stay: stayUntil('2026-11-22', '2026-11-22') }, 'grant'],
  [
    'a passport that ran out',
    { cardStatus: 'none', stay: stayUntil('2026-11-21', '2027-01-01') },
    ['passport_expired'],
  ],
  [
    'both papers that ran out',
    { cardStatus: 'none', stay: stayUntil('2026-11-21', '2026-11-21') },
    ['passport_expired', 'residence_ended'],
  ],
  ['a foreigner of thirteen', { cardStatus: 'none', stay: STAY, birthDate: '2013-05-05' }, ['under_age']],
  ['a foreigner of five', { cardStatus: 'none', stay: STAY, birthDate: '2021-05-05' }, ['under_six']],
  ['an open case', { caseOpen: true }, ['case_open']],
  [
    'all at once, each is named',
    { cardStatus: 'held', birthDate: '2020', phone: { ...phone, servesAnotherAccount: true }, caseOpen: true },
    ['under_six', 'card_held', 'phone_taken', 'case_open'],
  ],
])('%s', (_, facts, expected) => {
  const decision = mayEnrol({ ...NEW, ...facts }, TODAY);
  expect(decision.kind === 'eligible' ? decision.change : decision.reasons).toEqual(expected);
});

test('every refusal names its rule', () => {
  for (const rule of Object.values(ENROLMENT_REFUSALS)) expect(rule).toMatch(/^(Law|Decree) .*art\. \d+/);
});
