import type { AuditEvent } from '../../audit/audit-event.ts';
import type { SubjectId } from '../../kernel/ids.ts';

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
