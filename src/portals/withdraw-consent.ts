import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { updateWithdrawn } from './consent.store.ts';
import { consentWithdrawn } from './events.ts';

export type WithdrawOutcome = { readonly kind: 'withdrawn' } | { readonly kind: 'nothing_in_force' };

/** Ends everything the person allowed this portal; what it holds stops being answered at once (Law 91/2025 art. 10). */
export async function withdrawConsent(
  deps: { db: Database; clock: Clock },
  subject: SubjectId,
  portal: PortalId,
): Promise<WithdrawOutcome> {
  const at = deps.clock.now();
  return inTransaction(deps.db, async (sql) => {
    if ((await updateWithdrawn(sql, subject, portal, at)) === 0) return { kind: 'nothing_in_force' };
    await record(sql, consentWithdrawn(subject, portal), at);
    return { kind: 'withdrawn' };
  });
}
