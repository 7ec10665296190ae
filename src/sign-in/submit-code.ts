import { verifySmsCode, type SmsCodeOutcome, type VerifySmsCodeDeps } from '../authenticators/otp/verify-sms-code.ts';
import { verifyTotp, type TotpOutcome, type VerifyTotpDeps } from '../authenticators/otp/verify-totp.ts';
import type { Sealed } from '../kernel/sealed.ts';
import { takeProof } from './take-proof.ts';
import type { Visit } from './visit.ts';

export type SubmitCodeDeps = VerifySmsCodeDeps & VerifyTotpDeps;
export type SubmitCodeOutcome =
  { readonly kind: 'taken'; readonly visit: Visit } | Exclude<SmsCodeOutcome | TotpOutcome, { kind: 'verified' }>;

/** The code of the second factor in hand. An SMS code counts only in the visit it was sent for. */
export async function submitCode(
  deps: SubmitCodeDeps,
  visit: Visit,
  by: 'sms_code' | 'totp',
  code: Sealed<string>,
): Promise<SubmitCodeOutcome> {
  const { who } = visit.signIn;
  if (!who?.account) return { kind: 'rejected' };
  const { subject } = who.account;
  const claimant = { key: who.key, subject };
  const outcome =
    by === 'totp'
      ? await verifyTotp(deps, claimant, code)
      : await verifySmsCode(deps, { transaction: visit.interaction.id, who: claimant }, code);
  if (outcome.kind !== 'verified') return outcome;
  return { kind: 'taken', visit: await takeProof(deps, visit, subject, outcome.proof) };
}
