import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { updateCredentialsChangedAt } from './account.store.ts';

/** From `at` on, nothing that was issued before counts: for a changed password or a removed authenticator. Caller's transaction. */
export const markCredentialsChanged = (sql: Sql, subject: SubjectId, at: Date): Promise<void> =>
  updateCredentialsChangedAt(sql, subject, at);
