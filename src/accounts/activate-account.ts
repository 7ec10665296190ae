import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import type { Condition } from './account-lifecycle.policy.ts';
import { lockRow, selectFacts, updateActivatedAt } from './account.store.ts';
import { changeAccountIn } from './change-account.ts';
import { guardianActor, holderActivated } from './events.ts';
import { conditionsOf } from './evidence.ts';
import { selectCounterEvidence } from './evidence.store.ts';
import { reachedThrough } from './guardianship.policy.ts';
import { selectOpenInvitation, updateInvitationUsed } from './invitation.store.ts';
import { hasLapsed } from './invitation.ts';

export type ActivateOutcome =
  | { readonly kind: 'activated' }
  /** No invitation is open: never invited, or used already. */
  | { readonly kind: 'not_invited' }
  | { readonly kind: 'lapsed' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'not_allowed' };

/**
 * Takes the invitation and brings the account to what was granted, in the caller's transaction, which also binds the factor
 * that `shown` speaks of. What the officers did is not taken from the caller: the evidence that is on record counts.
 * `provenBy`: whose phone was proven, the guardian's for a dependant; `not_allowed` when that is another person by now.
 */
export async function activateAccount(
  deps: { readonly keyring: Keyring; readonly clock: Clock },
  sql: Sql,
  subject: SubjectId,
  shown: readonly Extract<Condition, 'phone_proven' | 'second_factor_bound'>[],
  provenBy: SubjectId = subject,
): Promise<ActivateOutcome> {
  await lockRow(sql, subject);
  const at = deps.clock.now();
  const invitation = await selectOpenInvitation(sql, subject);
  if (!invitation) return { kind: 'not_invited' };
  if (hasLapsed(invitation, at)) return { kind: 'lapsed' };
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts || facts.grounds.length > 0) return { kind: 'locked' };
  if (reachedThrough(facts, at) !== provenBy) return { kind: 'not_allowed' };
  const actor = provenBy === subject ? 'holder' : guardianActor(provenBy);
  const evidence = await selectCounterEvidence(sql, deps.keyring, subject, invitation.caseId);
  const moved = await changeAccountIn(sql, deps, subject, {
    change: invitation.change,
    actor,
    shown: [...shown, ...conditionsOf(evidence)],
  });
  if (moved.kind !== 'changed') return { kind: 'not_allowed' };
  await updateInvitationUsed(sql, invitation, at);
  await updateActivatedAt(sql, subject, at);
  await record(sql, holderActivated(invitation, actor), at);
  return { kind: 'activated' };
}
