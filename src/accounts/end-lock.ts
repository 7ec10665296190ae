import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { inTransaction, type Sql } from '../storage/postgres.ts';
import { lockRow, selectFacts, updateLockEnded } from './account.store.ts';
import type { ChangeAccountDeps } from './change-account.ts';
import { lockEnded } from './events.ts';
import { mayEndLock, type LockGround, type UnlockDecision } from './lock-ground.policy.ts';

export type EndLockOutcome = UnlockDecision | { readonly kind: 'no_account' };

/** Ends one ground of lock; the account opens only when none is left. What was issued before the lock does not come back. */
export async function endLock(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  ground: LockGround,
  actor: string,
): Promise<EndLockOutcome> {
  return inTransaction(deps.db, (sql) => endLockIn(sql, deps, subject, ground, actor));
}

/** The same inside the caller's transaction. */
export async function endLockIn(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  subject: SubjectId,
  ground: LockGround,
  actor: string,
): Promise<EndLockOutcome> {
  await lockRow(sql, subject);
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts) return { kind: 'no_account' };
  const decision = mayEndLock(ground, facts.grounds);
  if (decision.kind !== 'ended') return decision;
  const at = deps.clock.now();
  await updateLockEnded(sql, { subject, ground, at, by: actor });
  await record(sql, lockEnded(subject, actor, ground, facts.grounds.length - 1), at);
  return decision;
}
