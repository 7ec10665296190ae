import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { AUTHENTICATORS, type Authenticator, type Proof } from '../../src/assurance/proof.ts';
import {
  freshFactorNeeded,
  highestHeld,
  mayGoOnWith,
  type Held,
} from '../../src/authenticators/factor-change.policy.ts';

const NOW = 1_800_000_000;
const proofs = (by: readonly Authenticator[], ago = 0): Proof[] =>
  by.map((name) => ({ by: name, atSeconds: NOW - ago }));
const held: fc.Arbitrary<Held> = fc.record({
  password: fc.boolean(),
  totp: fc.boolean(),
  passkey: fc.boolean(),
  phone: fc.boolean(),
});
const shown = fc.array(
  fc.record({ by: fc.constantFrom(...AUTHENTICATORS), atSeconds: fc.integer({ min: NOW - 3000, max: NOW }) }),
);

describe('what must be shown anew', () => {
  test.each<[string, { totp: boolean; passkey: boolean }, Authenticator[], number, Authenticator[]]>([
    ['nothing shown, nothing held', { totp: false, passkey: false }, [], 0, ['password', 'sms_code']],
    ['password and code', { totp: false, passkey: false }, ['password', 'sms_code'], 1200, []],
    ['a second too old', { totp: false, passkey: false }, ['password', 'sms_code'], 1201, ['password', 'sms_code']],
    ['SMS where an app is held', { totp: true, passkey: false }, ['password', 'sms_code'], 0, ['totp']],
    ['app', { totp: true, passkey: false }, ['password', 'totp'], 0, []],
    ['app where a passkey is held', { totp: true, passkey: true }, ['password', 'totp', 'sms_code'], 0, ['passkey']],
    ['passkey', { totp: true, passkey: true }, ['passkey'], 0, []],
  ])('%s', (_, has, by, ago, needed) => {
    expect(freshFactorNeeded(has, proofs(by, ago), NOW)).toEqual(needed);
  });

  test('showing more never asks for more; holding a passkey always asks for it', () => {
    fc.assert(
      fc.property(held, shown, shown, (has, some, more) => {
        const needed = freshFactorNeeded(has, some, NOW);
        expect(needed).toEqual(expect.arrayContaining([...freshFactorNeeded(has, [...some, ...more], NOW)]));
        if (has.passkey && !some.some(({ by }) => by === 'passkey')) expect(needed).toEqual(['passkey']);
        expect(highestHeld(has)).toEqual(expect.arrayContaining([...needed]));
      }),
    );
  });
});

describe('what must be left', () => {
  const all: Held = { password: true, totp: true, passkey: true, phone: true };
  test.each<[string, '01' | '02', Partial<Held>, Partial<Held>, boolean]>([
    ['level 02: the app, a passkey being left', '02', {}, { totp: false }, true],
    ['level 02: the passkey, the app being left', '02', {}, { passkey: false }, true],
    ['level 02: the last of both', '02', { passkey: false }, { passkey: false, totp: false }, false],
    ['level 02: the only passkey', '02', { totp: false }, { totp: false, passkey: false }, false],
    ['level 01: the app, the phone being left', '01', { passkey: false }, { passkey: false, totp: false }, true],
    [
      'level 01: the app without a phone',
      '01',
      { passkey: false, phone: false },
      { passkey: false, phone: false, totp: false },
      false,
    ],
    [
      'level 01: the only passkey without a password',
      '01',
      { password: false },
      { password: false, passkey: false },
      false,
    ],
  ])('%s', (_, level, before, after, allowed) => {
    expect(mayGoOnWith(level, { ...all, ...before }, { ...all, ...after })).toBe(allowed);
  });

  test('an account of level 02 that could reach LoA2 still can; having more left never forbids', () => {
    fc.assert(
      fc.property(fc.constantFrom('01' as const, '02' as const), held, held, (level, before, after) => {
        const allowed = mayGoOnWith(level, before, after);
        const canLoA2 = (has: Held) => has.passkey || (has.password && has.totp);
        if (level === '02' && allowed && canLoA2(before)) expect(canLoA2(after)).toBe(true);
        if (allowed) expect(mayGoOnWith(level, before, { ...after, passkey: true })).toBe(true);
      }),
    );
  });
});
