import { addFactor } from '../authenticators/add-factor.ts';
import {
  finishPasskeyEnrolment,
  type FinishPasskeyEnrolmentDeps,
  type FinishPasskeyOutcome,
} from '../authenticators/webauthn/finish-passkey-enrolment.ts';
import type { FactorChange } from '../authenticators/factor-change.policy.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

export type EnrolOutcome =
  { readonly kind: 'enrolled'; readonly visit: Visit } | Exclude<FinishPasskeyOutcome, { kind: 'enrolled' }>;

/**
 * Binds a new passkey during a visit that has shown the highest the account holds (next-step.policy.ts says when). It is
 * not yet a proof: without attestation nothing in an enrolment is signed, so it must be used once to count.
 */
export async function enrolPasskey(
  deps: FinishPasskeyEnrolmentDeps & { readonly db: Database; readonly cache: Cache },
  visit: Visit,
  credential: unknown,
  name: string,
): Promise<EnrolOutcome> {
  const subject = visit.signIn.who?.account?.subject;
  if (!subject || !visit.signIn.held) throw new Error('a passkey is to be enrolled for nobody');
  const outcome = await addFactor(deps.db, subject, 'passkey_added', (db) =>
    finishPasskeyEnrolment({ ...deps, db }, factorChangeOf(visit, subject), credential, name),
  );
  if (outcome.kind !== 'enrolled') return outcome;
  const held = { ...visit.signIn.held, passkey: true };
  return { kind: 'enrolled', visit: await keepVisit(deps, { ...visit, signIn: { ...visit.signIn, held } }) };
}

/** What this visit may change factors with: everything it and its session have shown. */
export const factorChangeOf = (visit: Visit, subject: SubjectId): FactorChange => ({
  transaction: visit.interaction.id,
  subject,
  shown: [...visit.sessionProofs, ...visit.signIn.proofs],
});
