import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { portalRegistered } from './events.ts';
import { upsertPortal } from './portal.store.ts';
import type { Portal } from './portal.ts';

/** Adds a portal or replaces what is agreed with it. Every process hears of it by NOTIFY. */
export async function registerPortal(
  deps: { db: Database; clock: Clock },
  portal: Portal,
  actor: string,
): Promise<void> {
  const at = deps.clock.now();
  await inTransaction(deps.db, async (sql) => {
    await upsertPortal(sql, portal, at);
    await record(sql, portalRegistered(portal.portalId, actor), at);
  });
}
