import type { AuditEvent } from '../../audit/audit-event.ts';
import type { SubjectId } from '../../kernel/ids.ts';

/** A legal representative as the one who did something to the organisation's account. */
export const representativeActor = (representative: SubjectId): string => `representative:${representative}`;

/** How many came and went, never who: the rows say that. */
export const representativesChanged = (
  organisation: SubjectId,
  actor: string,
  counts: { readonly added: number; readonly ended: number },
): AuditEvent => ({
  kind: 'organisation.representatives_changed',
  subject: organisation,
  actor,
  data: counts,
});

const about = (subject: SubjectId, application: string, data: Readonly<Record<string, string>> = {}) => ({
  subject,
  actor: 'holder',
  data: { application, ...data },
});
export const applicationMade = (by: SubjectId, application: string): AuditEvent => ({
  kind: 'organisation.application_made',
  ...about(by, application),
});
export const applicationAnswered = (
  by: SubjectId,
  application: string,
  decision: 'agreed' | 'declined',
): AuditEvent => ({ kind: 'organisation.application_answered', ...about(by, application, { decision }) });
/** With the last consent it waits for the officers. */
export const applicationSubmitted = (by: SubjectId, application: string): AuditEvent => ({
  kind: 'organisation.application_submitted',
  ...about(by, application),
});

/** A representative took the invitation for the organisation. */
export const organisationActivated = (organisation: SubjectId, by: SubjectId): AuditEvent => ({
  kind: 'organisation.activated',
  subject: organisation,
  actor: representativeActor(by),
});
