import type { LockGround } from './lock-ground.policy.ts';

/** A ground of lock that is open now. */
export interface OpenLock {
  readonly ground: LockGround;
  readonly placedAt: Date;
  /** `holder`, `holder:link`, `officer:<id>`, `registry`. */
  readonly placedBy: string;
  readonly document?: string;
}
