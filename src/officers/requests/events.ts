import type { AuditEvent } from '../../audit/audit-event.ts';
import { actorOf, type Officer } from '../officer.ts';
import type { AuthorityRequest } from './authority-request.ts';

const of = (officer: Officer, { subject, requestId, asks, document }: AuthorityRequest, more: object = {}) => ({
  subject,
  actor: actorOf(officer),
  data: { request: requestId, asks, document, office: officer.officeId, ...more },
});

/** `late`: more than one working day after the letter came. */
export const requestReceived = (officer: Officer, one: AuthorityRequest, late: boolean): AuditEvent => ({
  kind: 'authority_request.received',
  ...of(officer, one, { late }),
});
export const requestGranted = (officer: Officer, one: AuthorityRequest): AuditEvent => ({
  kind: 'authority_request.granted',
  ...of(officer, one),
});
export const requestRefused = (officer: Officer, one: AuthorityRequest): AuditEvent => ({
  kind: 'authority_request.refused',
  ...of(officer, one),
});
/** Somebody tried to decide what they may not: their own, or one that was decided. */
export const requestDecisionBlocked = (officer: Officer, one: AuthorityRequest, why: string): AuditEvent => ({
  kind: 'authority_request.decision_blocked',
  ...of(officer, one, { why }),
});
