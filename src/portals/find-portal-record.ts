import type { Sql } from '../storage/postgres.ts';
import type { PortalRecord } from './portal-record.ts';
import { selectRecord } from './portal.store.ts';

/** The portal of that id, disabled or not, as it is in the database now. */
export const findPortalRecord = (deps: { db: Sql }, portalId: string): Promise<PortalRecord | undefined> =>
  selectRecord(deps.db, portalId);
