import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { answerRegistration, type RegistrationCase } from '../../src/self-service/registration-answer.policy.ts';

const NOW = new Date('2026-11-02T03:00:00Z');
const PHONE = '+84912000001';
const OTHER = '+84912000002';
const record = { birthDate: '1990-05-12', deceased: false, cardStatus: 'valid', phoneOnRecord: PHONE } as const;
const newcomer: RegistrationCase = {
  record,
  typedPhone: PHONE,
  accountOfNumber: undefined,
};

test.each<[string, Partial<RegistrationCase>, string]>([
  ['a newcomer with the phone on record', {}, 'send_code'],
  ['no such person, or data that do not match', { record: undefined }, 'decoy no_match'],
  [
    'no match, though the number has an account',
    { record: undefined, accountOfNumber: { phone: PHONE } },
    'decoy no_match',
  ],
  ['the phone of somebody else', { typedPhone: OTHER }, 'decoy phone_not_on_record'],
  ['no phone on record at all', { record: { ...record, phoneOnRecord: undefined } }, 'decoy phone_not_on_record'],
  ['dead', { record: { ...record, deceased: true } }, 'decoy deceased'],
  [
    'dead, with an account',
    { record: { ...record, deceased: true }, accountOfNumber: { phone: PHONE } },
    'decoy deceased',
  ],
  ['under 14', { record: { ...record, birthDate: '2012-11-03' } }, 'decoy too_young'],
  ['14 today', { record: { ...record, birthDate: '2012-11-02' } }, 'send_code'],
  ['year of birth alone, perhaps not yet 14', { record: { ...record, birthDate: '2012' } }, 'decoy too_young'],
  ['card expired', { record: { ...record, cardStatus: 'expired' } }, 'decoy card_not_valid'],
  ['card withdrawn', { record: { ...record, cardStatus: 'withdrawn' } }, 'decoy card_not_valid'],
  ['account, phone on record', { accountOfNumber: { phone: PHONE } }, 'tell_holder_of_account'],
  [
    'account, card expired, phone on record',
    { record: { ...record, cardStatus: 'expired' }, accountOfNumber: { phone: PHONE } },
    'tell_holder_of_account',
  ],
  [
    'account with an older phone, typed',
    { record: { ...record, phoneOnRecord: OTHER }, accountOfNumber: { phone: PHONE } },
    'tell_holder_of_account',
  ],
  [
    'account, a stranger’s phone',
    { typedPhone: OTHER, accountOfNumber: { phone: PHONE } },
    'decoy phone_not_on_record',
  ],
])('%s', (_, change, expected) => {
  const answer = answerRegistration({ ...newcomer, ...change }, NOW);
  expect(answer.kind === 'decoy' ? `decoy ${answer.reason}` : answer.kind).toBe(expected);
});

const phones = fc.constantFrom(PHONE, OTHER);
const cases: fc.Arbitrary<RegistrationCase> = fc.record({
  record: fc.option(
    fc.record({
      birthDate: fc.constantFrom('1990-05-12', '2015-01-01', '2012'),
      deceased: fc.boolean(),
      cardStatus: fc.constantFrom('valid', 'expired', 'withdrawn', 'held', 'none'),
      phoneOnRecord: fc.option(phones, { nil: undefined }),
    }),
    { nil: undefined },
  ),
  typedPhone: phones,
  accountOfNumber: fc.option(fc.record({ phone: fc.option(phones, { nil: undefined }) }), { nil: undefined }),
});

test('nothing is ever sent to a phone that is on nobody’s record', () => {
  fc.assert(
    fc.property(cases, (facts) => {
      const answer = answerRegistration(facts, NOW);
      if (answer.kind === 'decoy') return;
      expect([facts.record?.phoneOnRecord, facts.accountOfNumber?.phone]).toContain(facts.typedPhone);
    }),
  );
});

test('no code where the number has an account', () => {
  fc.assert(
    fc.property(cases, (facts) => {
      if (!facts.accountOfNumber) return;
      expect(answerRegistration(facts, NOW).kind).not.toBe('send_code');
    }),
  );
});
