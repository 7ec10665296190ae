import { record } from '../../audit/record.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { officerConfirmed, officerLinkRenewed } from '../events.ts';
import { selectMember, updateMemberState } from '../officer.store.ts';
import { actorOf, type Officer, type OfficerId } from '../officer.ts';
import { replaceLink, type EnrolmentLink } from './enrolment-link.store.ts';
import type { StaffDeps } from './invite-officer.ts';
import { mayConfirm } from './staff.policy.ts';

export type ConfirmOutcome =
  | { readonly kind: 'confirmed'; readonly name: string; readonly link: EnrolmentLink }
  | { readonly kind: 'own_invitation' }
  | { readonly kind: 'not_waiting' };

/**
 * A second administrator confirms whom another invited, or hands out a new link to somebody confirmed whose link lapsed. The
 * link comes back here and nowhere else. `not_waiting`: there is no such officer, or nothing to confirm.
 */
export function confirmOfficer(deps: StaffDeps, by: Officer, officerId: OfficerId): Promise<ConfirmOutcome> {
  return inTransaction(deps.db, async (sql): Promise<ConfirmOutcome> => {
    const seated = await selectMember(deps, sql, officerId, { lock: true });
    if (!seated) return { kind: 'not_waiting' };
    const decision = mayConfirm(seated.member, by.officerId);
    const at = deps.clock.now();
    const { name } = seated.member.personal.reveal();
    switch (decision.kind) {
      case 'may_confirm':
        await updateMemberState(sql, officerId, { state: 'confirmed', confirmedBy: by.officerId });
        await record(sql, officerConfirmed(actorOf(by), officerId), at);
        return { kind: 'confirmed', name, link: await replaceLink(sql, officerId, at) };
      case 'may_renew':
        await record(sql, officerLinkRenewed(actorOf(by), officerId), at);
        return { kind: 'confirmed', name, link: await replaceLink(sql, officerId, at) };
      case 'own_invitation':
      case 'not_waiting':
        return decision;
      default:
        return unreachable(decision);
    }
  });
}
