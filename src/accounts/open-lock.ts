import type { LockEntry } from './lock-ground.policy.ts';

/** A ground of lock that is open now. */
export interface OpenLock extends LockEntry {
  readonly placedAt: Date;
  /** `holder`, `holder:link`, `officer:<id>`, `registry`. */
  readonly placedBy: string;
  readonly document?: string;
}
