import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import { inTransaction, type Database, type Sql } from '../storage/postgres.ts';
import { portalRegistered } from './events.ts';
import type { PortalLogo } from './portal-logo.ts';
import { insertLogo } from './portal-logo.store.ts';
import { upsertPortal } from './portal.store.ts';
import type { Portal } from './portal.ts';

/** Adds a portal or replaces what is agreed with it. Every process hears of it by NOTIFY. */
export const registerPortal = (
  deps: { db: Database; clock: Clock },
  portal: Portal,
  actor: string,
  logo?: PortalLogo,
): Promise<void> => inTransaction(deps.db, (sql) => registerPortalIn(sql, deps, portal, actor, logo));

/** The same in the caller's transaction. */
export async function registerPortalIn(
  sql: Sql,
  deps: { clock: Clock },
  portal: Portal,
  actor: string,
  logo?: PortalLogo,
): Promise<void> {
  const at = deps.clock.now();
  if (logo) await insertLogo(sql, logo, at);
  await upsertPortal(sql, logo ? { ...portal, logo: logo.file } : portal, { at, by: actor });
  await record(sql, portalRegistered(portal.portalId, actor), at);
}
