import type { AuditEvent } from '../../audit/audit-event.ts';
import type { SubjectId } from '../../kernel/ids.ts';

/** Whose word it is when the population registry moves an account. */
export const REGISTRY_ACTOR = 'registry';

/** `fields` names what changed, never to what. */
export const recordCorrected = (subject: SubjectId, fields: readonly string[]): AuditEvent => ({
  kind: 'account.record_corrected',
  subject,
  actor: REGISTRY_ACTOR,
  data: { fields: fields.join(' ') },
});

export const numberReestablished = (subject: SubjectId): AuditEvent => ({
  kind: 'account.number_reestablished',
  subject,
  actor: REGISTRY_ACTOR,
});

/** The new number has an account of its own already: the old one answers to no number any more. */
export const numberCancelled = (subject: SubjectId, successor: SubjectId): AuditEvent => ({
  kind: 'account.number_cancelled',
  subject,
  actor: REGISTRY_ACTOR,
  data: { successor },
});

export const guardianChanged = (
  subject: SubjectId,
  guardian: SubjectId | undefined,
  actor: string = REGISTRY_ACTOR,
): AuditEvent => ({
  kind: 'account.guardian_changed',
  subject,
  actor,
  data: { guardian: guardian ?? 'none' },
});
