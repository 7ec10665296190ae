import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import type { SendLogout } from '../clients/extend-client.ts';
import { logoutDelivered, logoutGivenUp } from '../events.ts';
import { claimDueLogouts, deleteLogout, updateNextAttempt, type QueuedLogout } from './logout-queue.store.ts';
import { afterFailure } from './logout-retry.policy.ts';

const LEASE_MS = 30_000;
const BATCH = 20;

interface DeliverDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly send: SendLogout;
}

/** Tells the portals of every logout that is due, side by side; how many were due. No transaction is open while it sends. */
export async function deliverLogouts(deps: DeliverDeps): Promise<number> {
  const now = deps.clock.now();
  const due = await claimDueLogouts(deps.db, now, new Date(now.getTime() + LEASE_MS), BATCH);
  await Promise.all(due.map((logout) => deliver(deps, logout)));
  return due.length;
}

async function deliver(deps: DeliverDeps, logout: QueuedLogout): Promise<void> {
  const outcome = await deps.send(logout.portalId, logout.subject, logout.sid).catch(() => 'failed' as const);
  const now = deps.clock.now();
  if (outcome !== 'failed') {
    await close(deps, logout, outcome === 'sent' ? logoutDelivered(logout) : undefined, now);
    return;
  }
  const next = afterFailure(logout.queuedAt, logout.attempts, now);
  switch (next.kind) {
    case 'retry':
      return updateNextAttempt(deps.db, logout, next.at);
    case 'give_up':
      return close(deps, logout, logoutGivenUp(logout), now);
    default:
      return unreachable(next);
  }
}

const close = (
  { db }: DeliverDeps,
  logout: QueuedLogout,
  event: ReturnType<typeof logoutDelivered> | undefined,
  at: Date,
): Promise<void> =>
  inTransaction(db, async (sql) => {
    await deleteLogout(sql, logout);
    if (event) await record(sql, event, at);
  });
