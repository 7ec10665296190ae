import type { Sql } from '../storage/postgres.ts';
import type { PortalRecord } from './portal-record.ts';
import { selectRecords } from './portal.store.ts';

const MOST = 500;

/** Registered portals, or with `dynamic` those that testers registered themselves; the newest 500. */
export const listPortalRecords = (deps: { db: Sql }, { dynamic }: { dynamic: boolean }): Promise<PortalRecord[]> =>
  selectRecords(deps.db, { dynamic, limit: MOST });
