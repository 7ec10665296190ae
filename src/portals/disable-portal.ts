import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { PortalId } from '../kernel/ids.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { portalDisabled } from './events.ts';
import type { DisableReason } from './portal-record.ts';
import { updateDisabled } from './portal.store.ts';

export type DisableOutcome = { readonly kind: 'disabled' } | { readonly kind: 'not_found' };

/** From the commit on nobody signs in there, and nothing it holds is answered. `not_found`: unknown, or disabled already. */
export async function disablePortal(
  deps: { db: Database; clock: Clock },
  portal: PortalId,
  actor: string,
  why: { readonly reason?: DisableReason; readonly document?: string } = {},
): Promise<DisableOutcome> {
  const at = deps.clock.now();
  return inTransaction(deps.db, async (sql) => {
    if (!(await updateDisabled(sql, portal, { at, ...why }))) return { kind: 'not_found' };
    await record(sql, portalDisabled(portal, actor, why), at);
    return { kind: 'disabled' };
  });
}
