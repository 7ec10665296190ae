import type { Portal } from './portal.ts';

/** Why nobody may sign in at a portal any more. */
export const DISABLE_REASONS = ['agreement_ended', 'breach', 'incident', 'own_request', 'not_appraised'] as const;
export type DisableReason = (typeof DISABLE_REASONS)[number];

/** A portal with what its file says about it. */
export interface PortalRecord {
  readonly portal: Portal;
  readonly registeredAt: Date;
  /** As in the audit trail. Absent for those of before it was kept. */
  readonly registeredBy?: string;
  readonly disabled?: {
    readonly at: Date;
    /** Absent when the operator's command did it. */
    readonly reason?: DisableReason;
    readonly document?: string;
  };
}
