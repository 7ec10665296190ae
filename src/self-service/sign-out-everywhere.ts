import { markCredentialsChanged } from '../accounts/mark-credentials-changed.ts';
import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { signedOutEverywhere } from './events.ts';

/** From now on no session, code or token of this account counts. The caller ends the sessions, so that portals hear of it. */
export async function signOutEverywhere(
  deps: { readonly db: Database; readonly clock: Clock },
  subject: SubjectId,
): Promise<void> {
  const at = deps.clock.now();
  await inTransaction(deps.db, async (sql) => {
    await markCredentialsChanged(sql, subject, at);
    await record(sql, signedOutEverywhere(subject), at);
  });
}
