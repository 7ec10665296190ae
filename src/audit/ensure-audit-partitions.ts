import type { Sql } from '../storage/postgres.ts';
import { createPartitions } from './audit-trail.store.ts';

const MONTHS_AHEAD = 13;

/** Makes the partitions of this month and the next twelve where they are missing, so that no event falls beside them. */
export const ensureAuditPartitions = (sql: Sql, now: Date): Promise<void> => createPartitions(sql, now, MONTHS_AHEAD);
