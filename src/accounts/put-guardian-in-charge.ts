import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { updateGuardian } from './guardian.store.ts';
import { guardianChanged } from './registry-feed/events.ts';

/** Who is put in charge, and on whose word. */
export interface Charge {
  readonly guardian: SubjectId;
  /** Beyond the 14th birthday too (guardianship.policy.ts, `isWard`). */
  readonly ward: boolean;
  readonly actor: string;
}

/** From `at` on `guardian`, alone, confirms what is done with the dependant's account. Audited, in the caller's transaction. */
export async function putGuardianInCharge(
  sql: Sql,
  dependant: SubjectId,
  { guardian, ward, actor }: Charge,
  at: Date,
): Promise<void> {
  await updateGuardian(sql, dependant, { guardian, ward }, at);
  await record(sql, guardianChanged(dependant, guardian, actor), at);
}
