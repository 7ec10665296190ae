import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import { inTransaction, type Sql } from '../storage/postgres.ts';
import { endSessionsJob, tellOfLockJob } from './account-jobs.ts';
import { insertLock, lockRow, selectFacts, selectOpenLocks, updateCredentialsChangedAt } from './account.store.ts';
import type { ChangeAccountDeps } from './change-account.ts';
import { accountLocked } from './events.ts';
import { LOCK_GROUNDS, lockEntry, mayPlaceLock, type LockDecision, type LockGround } from './lock-ground.policy.ts';

export interface LockRequest {
  readonly ground: LockGround;
  /** Of a ground that there can be several of: the id of the request. */
  readonly entry?: string;
  readonly actor: string;
  /** Number of the document it rests on (form TK03, an authority's letter). */
  readonly document?: string;
}
export type LockOutcome = LockDecision | { readonly kind: 'no_account' };

/**
 * Adds a ground of lock: the one way for every door. From the commit on, no session, code or token of the account counts: each use reads the grounds.
 * With the commit it is certain that the sessions end, their portals are told, and the holder too where the law says so.
 */
export async function lockAccount(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  request: LockRequest,
): Promise<LockOutcome> {
  return inTransaction(deps.db, (sql) => lockAccountIn(sql, deps, subject, request));
}

/** The same inside the caller's transaction, for a lock that comes together with other changes. */
export async function lockAccountIn(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  subject: SubjectId,
  request: LockRequest,
): Promise<LockOutcome> {
  await lockRow(sql, subject);
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts) return { kind: 'no_account' };
  const { ground, actor, document } = request;
  const lock = lockEntry(ground, request.entry);
  const decision = mayPlaceLock(lock, facts.kind, await selectOpenLocks(sql, subject));
  if (decision.kind !== 'placed') return decision;
  const at = deps.clock.now();
  await insertLock(sql, { ...lock, subject, at, by: actor, ...(document ? { document } : {}) });
  // Nothing issued before the lock comes back when the lock ends.
  await updateCredentialsChangedAt(sql, subject, at);
  await record(sql, accountLocked(subject, actor, ground), at);
  await enqueueJob(sql, endSessionsJob(subject));
  // Nobody is told of a death, nor of anything after it.
  const isTold = LOCK_GROUNDS[ground].notifiesHolder && !facts.grounds.includes('death');
  if (isTold) await enqueueJob(sql, tellOfLockJob(subject, ground));
  return decision;
}
