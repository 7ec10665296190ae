import type { Clock } from '../kernel/clock.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { createPartitions, dropOldPartitions } from './audit-trail.store.ts';
import { monthEnded } from './events.ts';
import { record } from './record.ts';

const MONTHS_AHEAD = 13;

/**
 * Makes the months that are missing, this one and the next twelve, so that no event falls beside them; and ends those that lie
 * whole more than 5 years back (Decree 59/2022 art. 21), each recorded. Throws when the trail is busy for 2 s: try again.
 */
export async function keepAuditMonths({ db, clock }: { readonly db: Database; readonly clock: Clock }): Promise<void> {
  const now = clock.now();
  await createPartitions(db, now, MONTHS_AHEAD);
  await inTransaction(db, async (sql) => {
    const ended = await dropOldPartitions(sql, now);
    await record(sql, ended.map(monthEnded), now);
  });
}
