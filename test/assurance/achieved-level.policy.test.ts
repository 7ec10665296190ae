import fc from 'fast-check';
import { achievedLevel, waysTo } from '../../src/assurance/achieved-level.policy.ts';
import { ACCOUNT_LEVELS, ACR_VALUES, type Acr } from '../../src/assurance/assurance-level.ts';
import { AUTHENTICATORS, type Authenticator, type Proof } from '../../src/assurance/proof.ts';

const NOW = 1_800_000_000;
const proofs = (...by: Authenticator[]): Proof[] => by.map((one) => ({ by: one, atSeconds: NOW }));
const rank = (acr: Acr | undefined) => (acr ? ACR_VALUES.indexOf(acr) : -1);

test.each<[string, '01' | '02', Authenticator[], Acr | undefined]>([
  ['nothing', '02', [], undefined],
  ['a password alone', '02', ['password'], undefined],
  ['a code by SMS alone', '02', ['sms_code'], undefined],
  ['an app code alone', '02', ['totp'], undefined],
  ['two codes without a password', '02', ['sms_code', 'totp'], undefined],
  ['password and SMS', '01', ['password', 'sms_code'], 'LoA1'],
  ['password and SMS', '02', ['password', 'sms_code'], 'LoA1'],
  ['password and app', '01', ['password', 'totp'], 'LoA1'],
  ['password and app', '02', ['password', 'totp'], 'LoA2'],
  ['a passkey', '01', ['passkey'], 'LoA1'],
  ['a passkey', '02', ['passkey'], 'LoA3'],
])('%s on an account of level %s', (_what, level, by, acr) => {
  expect(achievedLevel(level, proofs(...by), NOW)?.acr).toBe(acr);
});

test('a passkey older than 15 minutes is LoA2, one of exactly 15 minutes still LoA3', () => {
  const at = (age: number) => achievedLevel('02', [{ by: 'passkey', atSeconds: NOW - age }], NOW)?.acr;
  expect([at(900), at(901)]).toEqual(['LoA3', 'LoA2']);
});

test('auth_time is the oldest proof the level rests on, and no other proof', () => {
  const mixed: Proof[] = [
    { by: 'password', atSeconds: NOW - 300 },
    { by: 'totp', atSeconds: NOW - 10 },
    { by: 'sms_code', atSeconds: NOW - 9000 },
  ];
  expect(achievedLevel('02', mixed, NOW)).toEqual({
    acr: 'LoA2',
    amr: ['pwd', 'otp', 'mfa'],
    authTimeSeconds: NOW - 300,
  });
});

test('a passkey stands alone in amr: what was shown beside it is not claimed', () => {
  const shown: Proof[] = [...proofs('password', 'sms_code'), { by: 'passkey', atSeconds: NOW, synced: true }];
  expect(achievedLevel('02', shown, NOW)?.amr).toEqual(['swk', 'user', 'mfa']);
});

const anyProof = fc.record({
  by: fc.constantFrom(...AUTHENTICATORS),
  atSeconds: fc.integer({ min: NOW - 100_000, max: NOW }),
});
const anyLevel = fc.constantFrom(...ACCOUNT_LEVELS);

test('proving one thing more never lowers the level', () => {
  fc.assert(
    fc.property(anyLevel, fc.array(anyProof), anyProof, (level, shown, more) => {
      const before = achievedLevel(level, shown, NOW)?.acr;
      return rank(achievedLevel(level, [...shown, more], NOW)?.acr) >= rank(before);
    }),
  );
});

test('a higher account level never lowers what is reached', () => {
  fc.assert(
    fc.property(
      fc.array(anyProof),
      (shown) => rank(achievedLevel('02', shown, NOW)?.acr) >= rank(achievedLevel('01', shown, NOW)?.acr),
    ),
  );
});

test('a level is reached exactly when one way to it has nothing left to show', () => {
  fc.assert(
    fc.property(anyLevel, fc.constantFrom(...ACR_VALUES), fc.array(anyProof), (level, wanted, shown) => {
      const isReached = rank(achievedLevel(level, shown, NOW)?.acr) >= rank(wanted);
      return isReached === waysTo(wanted, level, shown, NOW).some((way) => way.length === 0);
    }),
  );
});
