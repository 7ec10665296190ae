import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import {
  verifyPasskeyAssertion,
  type PasskeyOutcome,
  type VerifyPasskeyDeps,
} from '../authenticators/webauthn/verify-passkey-assertion.ts';
import { claimedByAccount } from './claim-identity.ts';
import { takeProof } from './take-proof.ts';
import type { Visit } from './visit.ts';

export type SubmitPasskeyDeps = FindAccountDeps & VerifyPasskeyDeps;
export type SubmitPasskeyOutcome =
  { readonly kind: 'taken'; readonly visit: Visit } | Exclude<PasskeyOutcome, { kind: 'verified' }>;

/**
 * A passkey says by itself who it is. Where somebody has proven something already, it must be the same person's: no
 * visit ever holds the proofs of two people.
 */
export async function submitPasskey(
  deps: SubmitPasskeyDeps,
  visit: Visit,
  credential: unknown,
): Promise<SubmitPasskeyOutcome> {
  const isProven = visit.signIn.proofs.length + visit.sessionProofs.length > 0;
  const expected = isProven ? visit.signIn.who?.account?.subject : undefined;
  const outcome = await verifyPasskeyAssertion(deps, visit.interaction.id, credential);
  if (outcome.kind !== 'verified') return outcome;
  // The challenge may be older than the proof: one made on the first page is good for anybody's passkey.
  if (expected && expected !== outcome.subject) return { kind: 'rejected' };
  const facts = await findAccount(deps, outcome.subject);
  if (!facts) return { kind: 'rejected' };
  const proofs = isProven ? visit.signIn.proofs : [];
  const who = claimedByAccount(deps, facts);
  const now = { ...visit, signIn: { ...visit.signIn, who, proofs } };
  return { kind: 'taken', visit: await takeProof(deps, now, outcome.subject, outcome.proof) };
}
