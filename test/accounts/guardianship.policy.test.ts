import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AccountFacts, GuardianFacts } from '../../src/accounts/account.ts';
import { isOldEnough } from '../../src/accounts/entitlement.policy.ts';
import { guardianshipOf, isWard, reachedThrough } from '../../src/accounts/guardianship.policy.ts';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { Sealed } from '../../src/kernel/sealed.ts';

const IN_CHARGE: GuardianFacts = {
  subject: 'guardian' as SubjectId,
  inForce: true,
  ward: false,
  sinceSeconds: 1,
  state: 'active',
  level: '02',
  grounds: [],
};
const facts = (birthDate: string, guardian?: Partial<GuardianFacts>) =>
  ({
    subject: 'child' as SubjectId,
    kind: 'citizen',
    personal: new Sealed({ birthDate }),
    ...(guardian && { guardian: { ...IN_CHARGE, ...guardian } }),
  }) as AccountFacts;
const kindOf = (birthDate: string, now: string, guardian?: Partial<GuardianFacts>) =>
  guardianshipOf(facts(birthDate, guardian), new Date(now))?.kind;

describe('the fourteenth birthday, by the day in Hà Nội', () => {
  test.each([
    ['2012-11-22', '2026-11-21T16:59:59Z', 'in_charge'],
    ['2012-11-22', '2026-11-21T17:00:00Z', undefined],
    ['2012', '2026-12-31T16:59:59Z', undefined],
    ['2012', '2026-12-30T16:59:59Z', 'in_charge'],
    // born on 29 February: the first day after it where there is none
    ['2012-02-29', '2026-02-28T16:59:59Z', 'in_charge'],
    ['2012-02-29', '2026-02-28T17:00:00Z', undefined],
    ['2012-03-01', '2026-02-28T17:00:00Z', undefined],
  ])('born %s, at %s: %s', (birthDate, now, expected) => {
    expect(kindOf(birthDate, now, {})).toBe(expected);
  });
});

test.each<[string, string, Partial<GuardianFacts> | undefined, string | undefined]>([
  ['a ward stays one', '1990-01-01', { ward: true }, 'in_charge'],
  ['a ward whose guardian is gone', '1990-01-01', { ward: true, inForce: false }, 'nobody'],
  ['a child whose guardian is gone', '2016-01-01', { inForce: false }, 'nobody'],
  ['a child with no guardian known', '2016-01-01', undefined, 'nobody'],
  ['of age, a child once', '2010-01-01', { inForce: false }, undefined],
  ['of age', '1990-01-01', undefined, undefined],
])('%s', (_, birthDate, guardian, expected) => {
  expect(kindOf(birthDate, '2026-11-22T02:00:00Z', guardian)).toBe(expected);
});

test('an organisation has no birthday, and no guardian', () => {
  const organisation = { ...facts('', undefined), kind: 'organisation' as const };
  expect(guardianshipOf(organisation, new Date('2026-11-22T02:00:00Z'))).toBeUndefined();
});

test('codes go to the guardian while one is needed, and to nobody while there is none', () => {
  const now = new Date('2026-11-22T02:00:00Z');
  expect(reachedThrough(facts('2016-01-01', {}), now)).toBe('guardian');
  expect(reachedThrough(facts('2016-01-01', { inForce: false }), now)).toBeUndefined();
  expect(reachedThrough(facts('2010-01-01', {}), now)).toBe('child');
});

test('who has reached an age has reached it ever after', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, day, fc.nat(20_000), (born, now, days) => {
      const birthDate = born.toISOString().slice(0, 10);
      const later = new Date(now.getTime() + days * 86_400_000);
      return !isOldEnough(birthDate, now) || isOldEnough(birthDate, later);
    }),
  );
});

test.each([
  ['the registry says so', { ward: true, birthDate: '2016-01-01' }, true],
  ['the registry says no', { ward: false, birthDate: '1990-01-01' }, false],
  ['an adult with a guardian', { birthDate: '2008-11-22' }, true],
  ['seventeen', { birthDate: '2008-11-23' }, false],
])('a ward: %s', (_, person, expected) => {
  expect(isWard(person, new Date('2026-11-22T02:00:00Z'))).toBe(expected);
});
