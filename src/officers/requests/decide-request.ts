import { tellOfRefusalJob } from '../../accounts/account-jobs.ts';
import { endLockIn } from '../../accounts/end-lock.ts';
import { lockAccountIn } from '../../accounts/lock-account.ts';
import { record } from '../../audit/record.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { enqueueJob } from '../../storage/jobs/enqueue-job.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import { actorOf, type Officer } from '../officer.ts';
import type { AuthorityRequest, RequestId } from './authority-request.ts';
import { selectRequest, updateRequestDecided } from './authority-request.store.ts';
import { requestDecisionBlocked, requestGranted, requestRefused } from './events.ts';
import type { RequestDeps } from './receive-request.ts';
import { mayDecideRequest } from './request-decision.policy.ts';

export type Verdict = { readonly kind: 'grant' } | { readonly kind: 'refuse'; readonly reason: Sealed<string> };

export type DecideRequestOutcome =
  | { readonly kind: 'granted' | 'refused' }
  /** What is asked for cannot be: the lock to end is not there. It waits, to be refused. */
  | { readonly kind: 'not_possible' }
  | { readonly kind: 'no_request' | 'own_request' | 'already_decided' };

/**
 * A second officer's word on a body's request, once: lock or unlock, decision, notice to the holder and audit stand or fall
 * together. Tries at what one may not are recorded.
 */
export async function decideRequest(
  deps: RequestDeps,
  officer: Officer,
  requestId: RequestId,
  verdict: Verdict,
): Promise<DecideRequestOutcome> {
  return inTransaction(deps.db, async (sql) => {
    const at = deps.clock.now();
    const one = await selectRequest(sql, deps.keyring, requestId, { lock: true });
    if (!one) return { kind: 'no_request' };
    const decision = mayDecideRequest(one, officer.officerId);
    if (decision.kind !== 'may_decide') {
      await record(sql, requestDecisionBlocked(officer, one, decision.kind), at);
      return decision;
    }
    const by = officer.officerId;
    if (verdict.kind === 'refuse') {
      const detail = new Sealed({ ...one.detail.reveal(), reason: verdict.reason.reveal() });
      await updateRequestDecided(sql, deps.keyring, one, { as: 'refused', at, by, detail });
      await record(sql, requestRefused(officer, one), at);
      await enqueueJob(sql, tellOfRefusalJob(one.subject));
      return { kind: 'refused' };
    }
    if (!(await carryOut(sql, deps, officer, one))) return { kind: 'not_possible' };
    await updateRequestDecided(sql, deps.keyring, one, { as: 'granted', at, by, detail: one.detail });
    await record(sql, requestGranted(officer, one), at);
    return { kind: 'granted' };
  });
}

async function carryOut(sql: Sql, deps: RequestDeps, officer: Officer, one: AuthorityRequest): Promise<boolean> {
  const { subject, document, lifts } = one;
  const change = { ground: 'authority_request', actor: actorOf(officer), document } as const;
  // Each body's request is an entry of its own: what another body asked for stays.
  if (one.asks === 'lock')
    return (await lockAccountIn(sql, deps, subject, { ...change, entry: one.requestId })).kind === 'placed';
  if (lifts === undefined) return false;
  return (await endLockIn(sql, deps, subject, { ...change, entry: lifts, way: 'authority' })).kind === 'ended';
}
