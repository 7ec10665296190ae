import type { PortalId, SubjectId } from '../kernel/ids.ts';

/** What every event says; each capability names its own in its `events.ts`. Nothing personal in clear. */
export interface AuditEvent {
  readonly kind: `${string}.${string}`;
  readonly subject?: SubjectId;
  readonly portal?: PortalId;
  /** Who did it, when not the subject: an officer's id, `sandbox`, `registry`. */
  readonly actor?: string;
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}
