import fc from 'fast-check';
import { achievedLevel } from '../../src/assurance/achieved-level.policy.ts';
import { ACR_VALUES, isAtLeast, type Acr } from '../../src/assurance/assurance-level.ts';
import { AUTHENTICATORS, type Authenticator, type Proof } from '../../src/assurance/proof.ts';
import type { IdentifierKey, SubjectId } from '../../src/kernel/ids.ts';
import { nextStep, type StepFacts } from '../../src/sign-in/next-step.policy.ts';
import type { Claimed, ClaimedAccount, GuardianConfirmed, SignIn } from '../../src/sign-in/sign-in.ts';

const NOW = 1_800_000_000;
const shown = (...by: Authenticator[]): Proof[] => by.map((one) => ({ by: one, atSeconds: NOW }));
const claimed = (account?: Partial<ClaimedAccount>): Claimed => ({
  key: 'k' as IdentifierKey,
  maskedNationalId: '079 ••• ••• 234',
  ...(account && {
    account: {
      subject: 's' as SubjectId,
      use: { kind: 'may_use', level: '02' },
      maskedPhone: '••• ••• 678',
      ...account,
    },
  }),
});
/** A dependant's account: codes go to the guardian. */
const phoneless = (account: Partial<ClaimedAccount>): Claimed => {
  const { account: whole, ...rest } = claimed(account);
  if (!whole) throw new Error('nobody');
  const { maskedPhone: _, ...own } = whole;
  return { ...rest, account: own };
};
const level01 = { use: { kind: 'may_use', level: '01' } } as const;
const guarded = {
  guardianship: {
    kind: 'in_charge',
    guardian: 'g' as SubjectId,
    use: { kind: 'may_use', level: '02' },
    sinceSeconds: NOW - 60,
  },
} as const;
const confirmed = (guardian: string, dependant: string): GuardianConfirmed => ({
  by: 'passkey',
  atSeconds: NOW,
  guardian: guardian as SubjectId,
  dependant: dependant as SubjectId,
});
const bare = { totp: false, passkey: false };
const step = (wanted: Acr, signIn: SignIn, sessionProofs: readonly Proof[] = []) =>
  nextStep({ wanted, signIn, sessionProofs, nowSeconds: NOW } satisfies StepFacts);

test.each<[string, Acr, SignIn, object]>([
  ['nobody yet', 'LoA1', { proofs: [] }, { kind: 'identify' }],
  ['an unknown number', 'LoA1', { who: claimed(), proofs: [] }, { kind: 'password' }],
  ['a known number', 'LoA1', { who: claimed({}), proofs: [] }, { kind: 'password' }],
  [
    'a locked account shows nothing to a stranger',
    'LoA1',
    { who: claimed({ use: { kind: 'locked', grounds: ['death'] } }), proofs: [] },
    { kind: 'password' },
  ],
  [
    'password, then SMS where it is the only way',
    'LoA1',
    { who: claimed(level01), held: bare, proofs: shown('password') },
    { kind: 'second_factor', ways: ['sms_code'] },
  ],
  [
    'app and SMS: the person chooses',
    'LoA1',
    { who: claimed({}), held: { totp: true, passkey: false }, proofs: shown('password') },
    { kind: 'second_factor', ways: ['totp', 'sms_code'] },
  ],
  [
    'LoA2 never offers SMS',
    'LoA2',
    { who: claimed({}), held: { totp: true, passkey: true }, proofs: shown('password') },
    { kind: 'second_factor', ways: ['passkey', 'totp'] },
  ],
  [
    'LoA2 at level 01: prove yourself first',
    'LoA2',
    { who: claimed(level01), held: bare, proofs: shown('password'), chosen: 'sms_code' },
    { kind: 'code', by: 'sms_code' },
  ],
  [
    'LoA2 at level 01: then it is said',
    'LoA2',
    { who: claimed(level01), held: bare, proofs: shown('password', 'sms_code') },
    { kind: 'unavailable', reason: 'account_level_too_low' },
  ],
  [
    'a locked account, proven',
    'LoA1',
    {
      who: claimed({ use: { kind: 'locked', grounds: ['self_request'] } }),
      held: bare,
      proofs: shown('password', 'sms_code'),
    },
    { kind: 'unavailable', reason: 'account_locked' },
  ],
  [
    'LoA3 without a passkey, at the highest held',
    'LoA3',
    { who: claimed({}), held: { totp: true, passkey: false }, proofs: shown('password', 'totp') },
    { kind: 'passkey_enrol' },
  ],
  [
    'LoA3 without a passkey and with SMS only',
    'LoA3',
    { who: claimed({}), held: bare, proofs: shown('password', 'sms_code') },
    { kind: 'unavailable', reason: 'passkey_missing' },
  ],
  [
    'a passkey is enough for everything',
    'LoA3',
    { who: claimed({}), held: { totp: false, passkey: true }, proofs: shown('passkey') },
    { kind: 'finish' },
  ],
  [
    'a dependant: the guardian before the consent',
    'LoA1',
    { who: claimed(guarded), held: { totp: false, passkey: true }, proofs: shown('passkey'), missingConsent: ['name'] },
    { kind: 'guardian', guardian: 'g' },
  ],
  [
    'a dependant: the guardian before a new passkey',
    'LoA3',
    { who: claimed(guarded), held: { totp: true, passkey: false }, proofs: shown('password', 'totp') },
    { kind: 'guardian', guardian: 'g' },
  ],
  [
    'a dependant who has proven nothing: no stranger learns of the guardian',
    'LoA1',
    { who: claimed(guarded), proofs: [] },
    { kind: 'password' },
  ],
  [
    'confirmed for another dependant',
    'LoA1',
    { who: claimed(guarded), held: bare, proofs: shown('passkey'), guardianConfirmed: confirmed('g', 'another') },
    { kind: 'guardian' },
  ],
  [
    'confirmed by another guardian',
    'LoA1',
    { who: claimed(guarded), held: bare, proofs: shown('passkey'), guardianConfirmed: confirmed('another', 's') },
    { kind: 'guardian' },
  ],
  [
    'confirmed',
    'LoA1',
    { who: claimed(guarded), held: bare, proofs: shown('passkey'), guardianConfirmed: confirmed('g', 's') },
    { kind: 'finish' },
  ],
  [
    'a confirmation proves nothing by itself',
    'LoA1',
    { who: claimed(guarded), held: bare, proofs: [], guardianConfirmed: confirmed('g', 's') },
    { kind: 'password' },
  ],
  [
    'a dependant whose guardian is nobody any more',
    'LoA1',
    { who: claimed({ guardianship: { kind: 'nobody' } }), held: bare, proofs: shown('passkey') },
    { kind: 'unavailable', reason: 'guardian_missing' },
  ],
  [
    "a dependant with a password alone: one code to the guardian's phone is both",
    'LoA1',
    { who: phoneless({ ...level01, ...guarded }), held: bare, proofs: shown('password') },
    { kind: 'guardian', guardian: 'g', needsCode: true },
  ],
  [
    'and with it the sign-in is done',
    'LoA1',
    {
      who: phoneless({ ...level01, ...guarded }),
      held: bare,
      proofs: shown('password', 'sms_code'),
      guardianConfirmed: confirmed('g', 's'),
    },
    { kind: 'finish' },
  ],
  [
    'the same, the guardian locked: what is missing is the guardian',
    'LoA1',
    {
      who: phoneless({
        guardianship: { ...guarded.guardianship, use: { kind: 'locked', grounds: ['self_request'] } },
      }),
      held: bare,
      proofs: shown('password'),
    },
    { kind: 'unavailable', reason: 'guardian_unavailable' },
  ],
  [
    'the same, nobody in charge',
    'LoA1',
    { who: phoneless({ guardianship: { kind: 'nobody' } }), held: bare, proofs: shown('password') },
    { kind: 'unavailable', reason: 'guardian_missing' },
  ],
  [
    'a dependant with an app shows that, and the guardian confirms',
    'LoA1',
    {
      who: phoneless({ ...level01, ...guarded }),
      held: { totp: true, passkey: false },
      proofs: shown('password'),
    },
    { kind: 'code', by: 'totp' },
  ],
  [
    'consent comes last',
    'LoA1',
    { who: claimed({}), held: { totp: false, passkey: true }, proofs: shown('passkey'), missingConsent: ['name'] },
    { kind: 'consent' },
  ],
])('%s', (_what, wanted, signIn, expected) => {
  const found = step(wanted, signIn);
  if ('ways' in expected && (expected as { ways: string[] }).ways.length === 1) {
    expect(found).toMatchObject({ kind: 'code', by: 'sms_code' });
    return;
  }
  expect(found).toMatchObject(expected);
});

test('a session that has shown password and SMS is asked for the app code alone', () => {
  const signIn: SignIn = { who: claimed({}), held: { totp: true, passkey: false }, proofs: [] };
  expect(step('LoA2', signIn, shown('password', 'sms_code'))).toMatchObject({ kind: 'code', by: 'totp' });
});

test('an old session may not enrol a passkey: the highest held is shown anew', () => {
  const old = (['password', 'totp'] as const).map((by) => ({ by, atSeconds: NOW - 1201 }));
  const signIn: SignIn = { who: claimed({}), held: { totp: true, passkey: false }, proofs: [] };
  expect(step('LoA3', signIn, old)).toEqual({ kind: 'password' });
});

const anySignIn = fc.record({
  wanted: fc.constantFrom(...ACR_VALUES),
  level: fc.constantFrom('01' as const, '02' as const),
  use: fc.constantFrom('may_use' as const, 'locked' as const, 'not_active' as const),
  totp: fc.boolean(),
  passkey: fc.boolean(),
  hasPhone: fc.boolean(),
  chosen: fc.option(fc.constantFrom('sms_code' as const, 'totp' as const), { nil: undefined }),
  proofs: fc.array(
    fc.record({ by: fc.constantFrom(...AUTHENTICATORS), atSeconds: fc.integer({ min: NOW - 5000, max: NOW }) }),
  ),
  session: fc.array(
    fc.record({ by: fc.constantFrom(...AUTHENTICATORS), atSeconds: fc.integer({ min: NOW - 5000, max: NOW }) }),
  ),
});

test('nobody finishes below what was asked, with a lock, or without having shown it; and every state has a step', () => {
  fc.assert(
    fc.property(anySignIn, ({ wanted, level, use, totp, passkey, hasPhone, chosen, proofs, session }) => {
      const decision =
        use === 'may_use'
          ? { kind: use, level }
          : use === 'locked'
            ? { kind: use, grounds: ['death' as const] }
            : { kind: use };
      const account = { subject: 's' as SubjectId, use: decision, ...(hasPhone && { maskedPhone: '••• ••• 678' }) };
      const signIn: SignIn = {
        who: { key: 'k' as IdentifierKey, maskedNationalId: '', account },
        held: { totp, passkey },
        proofs,
        ...(chosen && { chosen }),
      };
      const found = step(wanted, signIn, session);
      if (found.kind !== 'finish') return true;
      const truth = achievedLevel(level, [...session, ...proofs], NOW);
      return use === 'may_use' && isAtLeast(found.achieved.acr, wanted) && truth?.acr === found.achieved.acr;
    }),
    { numRuns: 2000 },
  );
});
