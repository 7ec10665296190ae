import {
  verifyPassword,
  type PasswordOutcome,
  type VerifyPasswordDeps,
} from '../authenticators/password/verify-password.ts';
import type { Sealed } from '../kernel/sealed.ts';
import { takeProof } from './take-proof.ts';
import type { Visit } from './visit.ts';

export type SubmitPasswordOutcome =
  { readonly kind: 'taken'; readonly visit: Visit } | Exclude<PasswordOutcome, { kind: 'verified' }>;

/** The password of the person who gave their number. Counted by the number, so that all numbers answer alike. */
export async function submitPassword(
  deps: VerifyPasswordDeps,
  visit: Visit,
  password: Sealed<string>,
): Promise<SubmitPasswordOutcome> {
  const { who } = visit.signIn;
  if (!who) return { kind: 'rejected' };
  const subject = who.account?.subject;
  const outcome = await verifyPassword(deps, { key: who.key, ...(subject && { subject }) }, password);
  if (outcome.kind !== 'verified' || !subject) return outcome.kind === 'verified' ? { kind: 'rejected' } : outcome;
  return { kind: 'taken', visit: await takeProof(deps, visit, subject, outcome.proof, outcome.beside) };
}
