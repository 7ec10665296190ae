import { record } from '../../audit/record.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { officerDisabled } from '../events.ts';
import { selectMember, updateMemberState } from '../officer.store.ts';
import { actorOf, type Officer, type OfficerId } from '../officer.ts';
import { endLinks } from './enrolment-link.store.ts';
import type { StaffDeps } from './invite-officer.ts';
import { mayDisable, type DisableDecision } from './staff.policy.ts';

/**
 * Ends an officer's service for good: sign-in, sessions and links, at the next request everywhere, since each reads the record
 * that changes here. What they did stays in the trail.
 */
export function disableOfficer(
  deps: StaffDeps,
  by: Officer,
  officerId: OfficerId,
): Promise<{ readonly kind: 'disabled' } | Exclude<DisableDecision, { kind: 'may_disable' }>> {
  return inTransaction(deps.db, async (sql) => {
    const seated = await selectMember(deps, sql, officerId, { lock: true });
    const decision = seated ? mayDisable(seated.member, by.officerId) : ({ kind: 'disabled_already' } as const);
    if (decision.kind !== 'may_disable') return decision;
    const at = deps.clock.now();
    await updateMemberState(sql, officerId, { state: 'disabled', disabledAt: at });
    await endLinks(sql, officerId, at);
    await record(sql, officerDisabled(actorOf(by), officerId), at);
    return { kind: 'disabled' };
  });
}
