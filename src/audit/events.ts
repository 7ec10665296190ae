import type { AuditEvent } from './audit-event.ts';

/** The events of a month, such as `2021_10`, were kept for 5 years and are gone. */
export const monthEnded = (month: string): AuditEvent => ({
  kind: 'audit.month_ended',
  actor: 'clock',
  data: { month },
});
