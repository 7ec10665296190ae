import { tellOfFactorJob, type FactorNews } from '../accounts/account-jobs.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import { inTransaction, type Database, type Sql } from '../storage/postgres.ts';

/**
 * Runs `bind` in one transaction with the notice to the holder, who may not be the one that added it: once it is bound it is
 * certain that they are told.
 */
export async function addFactor<T extends { readonly kind: string }>(
  db: Database,
  subject: SubjectId,
  news: Extract<FactorNews, 'passkey_added' | 'totp_added'>,
  bind: (sql: Sql) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (sql) => {
    const outcome = await bind(sql);
    if (outcome.kind === 'enrolled') await enqueueJob(sql, tellOfFactorJob(subject, news));
    return outcome;
  });
}
