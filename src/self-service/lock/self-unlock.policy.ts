const DAY_MS = 24 * 60 * 60 * 1000;
/** As long as the link in a notice is good: whoever locks by it may have learnt of an intruder that late. */
const TRUSTED_AFTER_MS = 10 * DAY_MS;

export interface SelfLock {
  readonly placedAt: Date;
  /** As in OpenLock. */
  readonly placedBy: string;
}

/**
 * Whether this passkey may end the lock its holder asked for. Who locks by a link or through an officer may do it because
 * somebody else got in and added a passkey: then only one that is older will do, and every other goes to the counter.
 */
export function mayUnlockWith(passkey: { readonly enrolledAt: Date }, lock: SelfLock): boolean {
  return !isAlarm(lock) || lock.placedAt.getTime() - passkey.enrolledAt.getTime() >= TRUSTED_AFTER_MS;
}

/** Whether a guardian may end this lock of a dependant's account; one that may be an alarm ends at the counter. */
export const mayGuardianUnlock = (lock: SelfLock): boolean => !isAlarm(lock);

/** By a link in a notice, or through an officer: somebody else may have got in. */
const isAlarm = ({ placedBy }: SelfLock): boolean => placedBy === 'holder:link' || placedBy.startsWith('officer:');
