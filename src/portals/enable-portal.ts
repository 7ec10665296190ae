import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { PortalId } from '../kernel/ids.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { portalEnabled } from './events.ts';
import { updateReopened } from './portal.store.ts';

export type EnableOutcome = { readonly kind: 'enabled' } | { readonly kind: 'not_found' };

/** People may sign in there again. What was issued before stays dead. `not_found`: unknown, or not disabled. */
export async function enablePortal(
  deps: { db: Database; clock: Clock },
  portal: PortalId,
  actor: string,
): Promise<EnableOutcome> {
  const at = deps.clock.now();
  return inTransaction(deps.db, async (sql) => {
    if (!(await updateReopened(sql, portal, at))) return { kind: 'not_found' };
    await record(sql, portalEnabled(portal, actor), at);
    return { kind: 'enabled' };
  });
}
