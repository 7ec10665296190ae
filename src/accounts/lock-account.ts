import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { inTransaction } from '../storage/postgres.ts';
import { insertLock, lockRow, selectFacts, updateCredentialsChangedAt } from './account.store.ts';
import type { ChangeAccountDeps } from './change-account.ts';
import { accountLocked } from './events.ts';
import { mayPlaceLock, type LockDecision, type LockGround } from './lock-ground.policy.ts';

export interface LockRequest {
  readonly ground: LockGround;
  readonly actor: string;
  /** Number of the document it rests on (form TK03, an authority's letter). */
  readonly document?: string;
}
export type LockOutcome = LockDecision | { readonly kind: 'no_account' };

/** Adds a ground of lock. From the commit on, no session, code or token of the account counts: each use reads the grounds. */
export async function lockAccount(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  request: LockRequest,
): Promise<LockOutcome> {
  return inTransaction(deps.db, async (sql) => {
    await lockRow(sql, subject);
    const facts = await selectFacts(sql, deps.keyring, subject);
    if (!facts) return { kind: 'no_account' };
    const decision = mayPlaceLock(request.ground, facts.kind, facts.grounds);
    if (decision.kind !== 'placed') return decision;
    const at = deps.clock.now();
    await insertLock(sql, {
      subject,
      ground: request.ground,
      at,
      by: request.actor,
      ...(request.document ? { document: request.document } : {}),
    });
    // Nothing issued before the lock comes back when the lock ends.
    await updateCredentialsChangedAt(sql, subject, at);
    await record(sql, accountLocked(subject, request.actor, request.ground), at);
    return decision;
  });
}
