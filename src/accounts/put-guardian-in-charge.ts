import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { updateGuardian } from './guardian.store.ts';
import { guardianChanged } from './registry-feed/events.ts';

/** From `at` on `guardian`, alone, confirms what is done with the dependant's account. Audited, in the caller's transaction. */
export async function putGuardianInCharge(
  sql: Sql,
  dependant: SubjectId,
  guardian: SubjectId,
  at: Date,
): Promise<void> {
  await updateGuardian(sql, dependant, guardian, at);
  await record(sql, guardianChanged(dependant, guardian), at);
}
