import { isIssuedAfterCredentialsChange } from '../accounts/account-access.policy.ts';
import type { Proof } from '../assurance/proof.ts';
import type { Visit } from './visit.ts';

/**
 * The visit without what was shown before the person's credentials changed: whoever was half way in with the old password
 * starts again. What the account holds is to be read anew, since the change may have been the removal of a factor.
 */
export function forgetStaleProofs(visit: Visit, credentialsChangedAt: Date): Visit {
  const stands = (proof: Proof): boolean => isIssuedAfterCredentialsChange(proof.atSeconds, credentialsChangedAt);
  const isSessionStale = !visit.sessionProofs.every(stands);
  if (!isSessionStale && visit.signIn.proofs.every(stands)) return visit;
  const { held: _held, guardianConfirmed: _confirmed, ...signIn } = visit.signIn;
  const proofs = signIn.proofs.filter(stands);
  return isSessionStale
    ? { ...visit, sessionProofs: [], signIn: { ...signIn, proofs, startedOver: true } }
    : { ...visit, signIn: { ...signIn, proofs } };
}
