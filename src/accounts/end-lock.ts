import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import { inTransaction, type Sql } from '../storage/postgres.ts';
import { tellOfUnlockJob } from './account-jobs.ts';
import { lockRow, selectFacts, selectOpenLocks, updateCredentialsChangedAt, updateLockEnded } from './account.store.ts';
import type { ChangeAccountDeps } from './change-account.ts';
import { lockEnded } from './events.ts';
import { lockEntry, mayEndLock, type LockGround, type UnlockDecision, type UnlockWay } from './lock-ground.policy.ts';

export interface UnlockRequest {
  readonly ground: LockGround;
  /** Of a ground that there can be several of: the id of the request that placed it. */
  readonly entry?: string;
  /** By which of the ways that the ground knows. */
  readonly way: UnlockWay;
  readonly actor: string;
  /** Number of the document it rests on (form TK03, an authority's letter). */
  readonly document?: string;
}
export type EndLockOutcome =
  | Exclude<UnlockDecision, { kind: 'ended' }>
  | { readonly kind: 'ended'; readonly isOpen: boolean }
  | { readonly kind: 'no_account' };

/**
 * Ends one ground of lock by a way that this ground knows; the account opens only when none is left, and the holder is told.
 * What was issued before, and what slipped in while the lock was on, does not come back.
 */
export async function endLock(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  request: UnlockRequest,
): Promise<EndLockOutcome> {
  return inTransaction(deps.db, (sql) => endLockIn(sql, deps, subject, request));
}

/** The same inside the caller's transaction, for an unlock that comes together with its evidence. */
export async function endLockIn(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  subject: SubjectId,
  { ground, entry, way, actor, document }: UnlockRequest,
): Promise<EndLockOutcome> {
  await lockRow(sql, subject);
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts) return { kind: 'no_account' };
  const lock = lockEntry(ground, entry);
  const open = await selectOpenLocks(sql, subject);
  const decision = mayEndLock(lock, way, open);
  if (decision.kind !== 'ended') return decision;
  const at = deps.clock.now();
  const left = open.length - 1;
  await updateLockEnded(sql, { ...lock, subject, at, by: actor, ...(document ? { document } : {}) });
  await updateCredentialsChangedAt(sql, subject, at);
  await record(sql, lockEnded(subject, actor, ground, left), at);
  if (!facts.grounds.includes('death')) await enqueueJob(sql, tellOfUnlockJob(subject, ground));
  return { kind: 'ended', isOpen: left === 0 };
}
