import type { PersonInCare } from '../../accounts/dependants/list-people-in-care.ts';
import type { CareLine, CareStatus } from './care.views.ts';

/** One person in care as the guardian's page shows them. */
export function careLine(person: PersonInCare): CareLine {
  const { ref, fullName, birthDate, request, account } = person;
  const { level } = account?.facts ?? {};
  const isWaiting = account?.invitation !== undefined && !account.hasLapsed;
  return {
    ref,
    fullName,
    birthDate,
    status: statusOf(person),
    reasons: !account && request?.kind === 'refused' ? request.reasons : [],
    ...(level && { level }),
    ...(isWaiting && { until: account.invitation.expiresAt }),
    ...(request?.kind === 'eligible' && { level02: request.level02 }),
  };
}

function statusOf({ request, account }: PersonInCare): CareStatus {
  if (!account) {
    if (!request) return 'unknown';
    return request.kind === 'eligible' ? 'may_request' : 'refused';
  }
  const { facts, isInCharge, invitation, hasLapsed } = account;
  if (facts.state === 'ended' || facts.state === 'rejected') return 'ended';
  if (!isInCharge) return 'not_in_charge';
  if (facts.grounds.length > 0) return 'locked';
  if (facts.state !== 'active') return hasLapsed ? 'lapsed' : 'awaits_activation';
  return invitation && !hasLapsed ? 'awaits_level_02' : 'active';
}
