import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { lockRow } from './account.store.ts';

/**
 * Holds the account until the caller's transaction ends. Comes before anything is written that refers to it: two that first
 * wrote and then held it would wait for one another.
 */
export const holdAccount = (sql: Sql, subject: SubjectId): Promise<void> => lockRow(sql, subject);
