import { NO_FILTER, trailHref } from '../audit/audit-filter.ts';
import { actorOf, type Officer } from '../officer.ts';
import { mayDo, type OfficerAction } from '../officer-permissions.policy.ts';
import { officeTree, type Office } from '../office.ts';
import type { StaffMember } from '../staff-member.ts';
import type { Staff } from './list-staff.ts';
import { mayConfirm, mayDisable } from './staff.policy.ts';
import type { OfficeChoice, OfficerModel, StaffLine } from './staff.views.ts';

/** Whether the role has the action at all, the passkey being shown when it comes to it. */
export const has = (officer: Officer, action: OfficerAction): boolean =>
  mayDo(officer.role, action, 0).kind === 'permitted';

export const officeChoices = (offices: readonly Office[]): readonly OfficeChoice[] =>
  officeTree(offices).map(({ officeId, name, depth }) => ({ officeId, name, depth }));

export function staffLine(member: StaffMember, { offices }: Staff): StaffLine {
  const office = offices.find(({ officeId }) => officeId === member.officeId);
  if (!office) throw new Error('an officer without an office');
  const { officerId, role, state, createdAt, personal } = member;
  return { officerId, name: personal.reveal().name, role, office: office.name, state, createdAt };
}

/** An officer as `viewer` sees them: with what the viewer may do, and who did what. */
export function officerModel(member: StaffMember, staff: Staff, viewer: Officer): OfficerModel {
  const nameOf = (id: string | undefined) =>
    staff.members.find(({ officerId }) => officerId === id)?.personal.reveal().name;
  const confirming = mayConfirm(member, viewer.officerId).kind;
  const [invitedBy, confirmedBy] = [nameOf(member.invitedBy), nameOf(member.confirmedBy)];
  return {
    ...staffLine(member, staff),
    ...(invitedBy !== undefined && { invitedBy }),
    ...(confirmedBy !== undefined && { confirmedBy }),
    ...(member.disabledAt && { disabledAt: member.disabledAt }),
    ...(member.linkUntil && { linkUntil: member.linkUntil }),
    ...(has(viewer, 'see_audit') && { trailHref: trailHref({ ...NO_FILTER, actor: actorOf(member) }) }),
    may: {
      confirm: has(viewer, 'confirm_officer') && confirming === 'may_confirm',
      renew: has(viewer, 'confirm_officer') && confirming === 'may_renew',
      disable: has(viewer, 'disable_officer') && mayDisable(member, viewer.officerId).kind === 'may_disable',
    },
    ownInvitation: confirming === 'own_invitation',
  };
}
