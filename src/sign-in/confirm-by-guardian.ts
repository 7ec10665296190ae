import { record } from '../audit/record.ts';
import type { FindAccountDeps } from '../accounts/find-account.ts';
import { verifySmsCode, type SmsCodeOutcome, type VerifySmsCodeDeps } from '../authenticators/otp/verify-sms-code.ts';
import {
  verifyPasskeyAssertion,
  type PasskeyOutcome,
  type VerifyPasskeyDeps,
} from '../authenticators/webauthn/verify-passkey-assertion.ts';
import { epochSeconds } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Database } from '../storage/postgres.ts';
import { guardianConfirmedSignIn } from './events.ts';
import { confirmationOf, findGuardian } from './find-guardian.ts';
import { rereadGuardianship } from './reread-guardianship.ts';
import type { GuardianConfirmed } from './sign-in.ts';
import { stepOf } from './step-of.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

export type ConfirmDeps = FindAccountDeps & VerifySmsCodeDeps & VerifyPasskeyDeps & { readonly db: Database };
export type Shown =
  { readonly by: 'passkey'; readonly credential: unknown } | { readonly by: 'sms_code'; readonly code: Sealed<string> };
type Verified = SmsCodeOutcome | PasskeyOutcome;
export type ConfirmOutcome =
  { readonly kind: 'confirmed' | 'moved_on'; readonly visit: Visit } | Exclude<Verified, { kind: 'verified' }>;

/**
 * The guardian in charge at this moment stands by this one sign-in, with an authenticator of their own. It is no proof of
 * the dependant's, unless the guardian's phone is the account's only second factor; and on the audit trail before the visit goes on. `moved_on`: there is nothing to confirm any more.
 */
export async function confirmByGuardian(deps: ConfirmDeps, before: Visit, shown: Shown): Promise<ConfirmOutcome> {
  const visit = await rereadGuardianship(deps, before);
  const step = stepOf(visit, deps.clock.now());
  const dependant = visit.signIn.who?.account?.subject;
  if (step.kind !== 'guardian' || !dependant) return { kind: 'moved_on', visit: await keepVisit(deps, visit) };
  const { guardian, needsCode } = step;
  // The guardian's passkey says who stands by; it is no factor of the dependant's account.
  if (needsCode && shown.by === 'passkey') return { kind: 'rejected' };
  const outcome = await verify(deps, visit, { guardian, dependant }, shown);
  if (outcome.kind !== 'verified') return outcome;
  // The challenge may be as old as another guardian.
  if ('subject' in outcome && outcome.subject !== guardian) return { kind: 'rejected' };

  const now = deps.clock.now();
  const guardianConfirmed: GuardianConfirmed = { by: shown.by, atSeconds: epochSeconds(now), guardian, dependant };
  await record(deps.db, guardianConfirmedSignIn(visit.portal.portalId, guardianConfirmed), now);
  const { guardianCode: _sent, ...signIn } = visit.signIn;
  const proofs = needsCode ? [...signIn.proofs, outcome.proof] : signIn.proofs;
  return {
    kind: 'confirmed',
    visit: await keepVisit(deps, { ...visit, signIn: { ...signIn, proofs, guardianConfirmed } }),
  };
}

async function verify(
  deps: ConfirmDeps,
  visit: Visit,
  { guardian, dependant }: { readonly guardian: SubjectId; readonly dependant: SubjectId },
  shown: Shown,
): Promise<Verified> {
  const transaction = confirmationOf(visit);
  if (shown.by === 'passkey') return verifyPasskeyAssertion(deps, transaction, shown.credential);
  const { who } = await findGuardian(deps, guardian, dependant);
  return verifySmsCode(deps, { transaction, who }, shown.code);
}
