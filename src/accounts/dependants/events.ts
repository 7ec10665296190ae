import type { AuditEvent } from '../../audit/audit-event.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { guardianActor } from '../events.ts';
import type { RequestRefusal } from './dependant-request.policy.ts';

/** In the dependant's trail: who asked for the account and agreed in their place. */
export const dependantRequested = (subject: SubjectId, guardian: SubjectId, request: string): AuditEvent => ({
  kind: 'dependant.account_requested',
  subject,
  actor: guardianActor(guardian),
  data: { request, consent: true },
});

/** In the guardian's trail; nothing of whom it was about. */
export const dependantRequestRefused = (guardian: SubjectId, reasons: readonly RequestRefusal[]): AuditEvent => ({
  kind: 'dependant.request_refused',
  subject: guardian,
  actor: guardianActor(guardian),
  data: { reasons: reasons.join(' ') },
});

/** In the dependant's trail: the guardian looked at what is done with the account. */
export const dependantLookedAt = (subject: SubjectId, guardian: SubjectId): AuditEvent => ({
  kind: 'dependant.looked_at',
  subject,
  actor: guardianActor(guardian),
});
