import type { FindAccountDeps } from '../accounts/find-account.ts';
import { beginPasskeyAssertion } from '../authenticators/webauthn/begin-passkey-assertion.ts';
import type { RelyingParty } from '../authenticators/webauthn/relying-party.ts';
import { epochSeconds, type Clock } from '../kernel/clock.ts';
import { maskPhoneNumber } from '../registry/phone-number.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { confirmationOf, findGuardian } from './find-guardian.ts';
import type { Step } from './next-step.policy.ts';
import type { GuardianModel } from './sign-in.views.ts';
import { readHeld } from './take-proof.ts';
import type { Visit } from './visit.ts';

export interface GuardianModelDeps extends FindAccountDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly relyingParty: RelyingParty;
}

/** Whose confirmation is needed, and the ways that guardian has: a passkey, a code to the phone of the guardian's account. */
export async function guardianModel(
  deps: GuardianModelDeps,
  visit: Visit,
  { guardian: subject, needsCode }: Extract<Step, { kind: 'guardian' }>,
): Promise<Pick<GuardianModel, 'guardianName' | 'maskedPhone' | 'passkey' | 'resendAfterSeconds'>> {
  const dependant = visit.signIn.who?.account?.subject;
  if (!dependant) throw new Error('a guardian is asked about nobody');
  const [{ name, phone }, held] = await Promise.all([findGuardian(deps, subject, dependant), readHeld(deps, subject)]);
  const { guardianCode } = visit.signIn;
  // Without a phone the passkey is the one way there is, even where it is yet to be made.
  const asksPasskey = !needsCode && (held.passkey || !phone);
  return {
    guardianName: name.reveal(),
    ...(phone && { maskedPhone: maskPhoneNumber(phone) }),
    ...(asksPasskey && { passkey: await beginPasskeyAssertion(deps, confirmationOf(visit), subject) }),
    ...(guardianCode?.guardian === subject && {
      resendAfterSeconds: Math.max(0, guardianCode.resendAtSeconds - epochSeconds(deps.clock.now())),
    }),
  };
}
