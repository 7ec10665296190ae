import { achievedLevel, waysTo, type Achieved } from '../assurance/achieved-level.policy.ts';
import { isAtLeast, type AccountLevel, type Acr } from '../assurance/assurance-level.ts';
import type { Authenticator, Proof } from '../assurance/proof.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { ClaimedAccount, Held, SignIn } from './sign-in.ts';

/** NIST SP 800-63B-4, 6.1.2: binding another authenticator needs a recent sign-in at the highest level held. */
const ENROL_MAX_AGE_SECONDS = 20 * 60;

/** Everything the step is decided from. */
export interface StepFacts {
  readonly signIn: SignIn;
  /** Proofs of the browser's session that still count; none when the portal asked for a fresh sign-in. */
  readonly sessionProofs: readonly Proof[];
  readonly wanted: Acr;
  readonly nowSeconds: number;
}

export type SecondWay = 'sms_code' | 'totp' | 'passkey';

export type Step =
  | { readonly kind: 'identify' }
  | { readonly kind: 'password' }
  | { readonly kind: 'second_factor'; readonly ways: readonly SecondWay[] }
  | { readonly kind: 'code'; readonly by: 'sms_code' | 'totp'; readonly otherWays: readonly SecondWay[] }
  | { readonly kind: 'passkey'; readonly otherWays: readonly SecondWay[] }
  | { readonly kind: 'passkey_enrol' }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason }
  /** `needsCode`: a code to the guardian's phone is also the second factor of an account that has none of its own. */
  | { readonly kind: 'guardian'; readonly guardian: SubjectId; readonly needsCode: boolean }
  | { readonly kind: 'consent' }
  | { readonly kind: 'finish'; readonly achieved: Achieved };

export type UnavailableReason =
  | 'account_locked'
  | 'account_not_active'
  | 'account_level_too_low'
  | 'totp_missing'
  | 'passkey_missing'
  | 'guardian_missing'
  | 'guardian_unavailable';

/** The first thing still missing. Also the guard: a form is taken only when it belongs to this step. */
export function nextStep(facts: StepFacts): Step {
  const { signIn } = facts;
  if (!signIn.who) return { kind: 'identify' };
  const proofs = [...facts.sessionProofs, ...signIn.proofs];
  const { account } = signIn.who;
  if (proofs.length === 0 || !account || !signIn.held) return { kind: 'password' };

  const level = account.use.kind === 'may_use' ? account.use.level : '01';
  const through = guardiansPhone(account, signIn.held);
  const held: Owned = {
    ...signIn.held,
    sms_code: account.maskedPhone !== undefined || through !== undefined,
    password: true,
  };
  // A level that the account cannot reach is said only to somebody who has proven who they are as far as they can.
  const target = isReachable(facts.wanted, level, held) ? facts.wanted : highestHeld(level, held);
  const achieved = achievedLevel(level, proofs, facts.nowSeconds);
  if (!achieved || !isAtLeast(achieved.acr, target)) {
    const step = stepTowards(target, level, held, proofs, facts);
    return account.guardianship ? asDependant(step, account, through) : step;
  }

  if (account.use.kind === 'locked') return { kind: 'unavailable', reason: 'account_locked' };
  if (account.use.kind === 'not_active') return { kind: 'unavailable', reason: 'account_not_active' };
  const beyond = isAtLeast(achieved.acr, facts.wanted) ? undefined : stepBeyond(facts, level, held, proofs);
  if (beyond && beyond.kind !== 'passkey_enrol') return beyond;
  const guarded = stepOfGuardian(account, facts);
  if (guarded) return guarded;
  if (beyond) return beyond;
  if (signIn.missingConsent && signIn.missingConsent.length > 0) return { kind: 'consent' };
  if (signIn.actingChoices && signIn.actingFor === undefined) return { kind: 'consent' };
  return { kind: 'finish', achieved };
}

/**
 * Every sign-in of a dependant needs the guardian's confirmation (Decree 69/2024 art. 14(2)). A session goes on with the one
 * it was begun with, unless the guardian is newer than what the session holds; anything shown anew asks again.
 */
function stepOfGuardian({ subject, guardianship }: ClaimedAccount, facts: StepFacts): Step | undefined {
  if (!guardianship) return undefined;
  if (guardianship.kind === 'nobody') return { kind: 'unavailable', reason: 'guardian_missing' };
  const { guardian, use, sinceSeconds } = guardianship;
  const { proofs, guardianConfirmed } = facts.signIn;
  if (proofs.length === 0 && facts.sessionProofs.every(({ atSeconds }) => atSeconds >= sinceSeconds)) return undefined;
  if (use.kind !== 'may_use') return { kind: 'unavailable', reason: 'guardian_unavailable' };
  const isConfirmed = guardianConfirmed?.guardian === guardian && guardianConfirmed.dependant === subject;
  return isConfirmed ? undefined : { kind: 'guardian', guardian, needsCode: false };
}

/** The account's phone is the guardian's (Decree 69/2024 art. 10): a second factor where the account holds no other. */
function guardiansPhone({ maskedPhone, guardianship }: ClaimedAccount, own: Held): SubjectId | undefined {
  if (maskedPhone !== undefined || own.totp || own.passkey || guardianship?.kind !== 'in_charge') return undefined;
  return guardianship.use.kind === 'may_use' ? guardianship.guardian : undefined;
}

/** One code then says both: this phone is at hand, and its holder stands by the sign-in. Without it, what is missing is the guardian. */
function asDependant(step: Step, { maskedPhone, guardianship }: ClaimedAccount, through: SubjectId | undefined): Step {
  if (through && step.kind === 'code' && step.by === 'sms_code')
    return { kind: 'guardian', guardian: through, needsCode: true };
  if (step.kind !== 'unavailable' || step.reason !== 'totp_missing' || maskedPhone !== undefined) return step;
  return { kind: 'unavailable', reason: guardianship?.kind === 'nobody' ? 'guardian_missing' : 'guardian_unavailable' };
}

type Owned = Readonly<Record<Authenticator, boolean>>;

const isReachable = (wanted: Acr, level: AccountLevel, held: Owned): boolean =>
  waysTo(wanted, level, [], 0).some((way) => way.every((by) => held[by]));

const highestHeld = (level: AccountLevel, held: Owned): Acr => {
  const reachable = (['LoA3', 'LoA2'] as const).find((acr) => isReachable(acr, level, held));
  return reachable ?? 'LoA1';
};

function stepTowards(target: Acr, level: AccountLevel, held: Owned, proofs: readonly Proof[], facts: StepFacts): Step {
  const open = waysTo(target, level, proofs, facts.nowSeconds).filter((way) => way.every((by) => held[by]));
  if (open.some((way) => way.length === 0)) throw new Error('achievedLevel and waysTo disagree');
  const ways = [...new Set(open.filter((way) => way.length === 1).flat())].filter((by) => by !== 'password');
  if (ways.length === 0)
    return open.length === 0 ? { kind: 'unavailable', reason: 'totp_missing' } : { kind: 'password' };

  const { chosen } = facts.signIn;
  if (chosen && ways.includes(chosen))
    return { kind: 'code', by: chosen, otherWays: ways.filter((way) => way !== chosen) };
  const [only, ...more] = ways;
  if (more.length > 0 || !only) return { kind: 'second_factor', ways };
  return only === 'passkey' ? { kind: 'passkey', otherWays: [] } : { kind: 'code', by: only, otherWays: [] };
}

/** Everything the account holds is shown and it is still not enough: what is missing, or the way to add it here. */
function stepBeyond(facts: StepFacts, level: AccountLevel, held: Owned, proofs: readonly Proof[]): Step {
  if (level === '01') return { kind: 'unavailable', reason: 'account_level_too_low' };
  if (facts.wanted !== 'LoA3') return { kind: 'unavailable', reason: 'totp_missing' };
  const recent = proofs.filter((proof) => facts.nowSeconds - proof.atSeconds <= ENROL_MAX_AGE_SECONDS);
  const highest = highestHeld(level, held);
  // A passkey opens everything the account can do, so an account that has only a password and a phone goes to the counter.
  if (highest === 'LoA1') return { kind: 'unavailable', reason: 'passkey_missing' };
  const achieved = achievedLevel(level, recent, facts.nowSeconds);
  if (achieved && isAtLeast(achieved.acr, highest)) return { kind: 'passkey_enrol' };
  return recent.some((proof) => proof.by === 'password')
    ? stepTowards(highest, level, held, recent, facts)
    : { kind: 'password' };
}
