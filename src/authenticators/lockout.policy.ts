/**
 * Wrong tries in a row, per authenticator and typed identifier. Five, then 15 minutes; five more, then 2 hours, and so on
 * (TCVN 14423:2026 6.3; the waits are GOV.UK One Login's). At 100 the authenticator must be bound again
 * (NIST SP 800-63B-4, 3.2.2).
 */
export const LOCKOUT = {
  inARow: 5,
  /** The first lock, the second, …; the last number serves every later one. */
  waitsSeconds: [15 * 60, 2 * 60 * 60],
  exhaustedAt: 100,
  /** How long a row of tries is remembered after its last one (login.gov). An exhausted one does not lapse. */
  rememberSeconds: 30 * 24 * 60 * 60,
} as const;

export interface Attempts {
  readonly failed: number;
  readonly lastAt?: Date;
  readonly lockedUntil?: Date;
}

export type Reservation =
  | { readonly kind: 'permitted'; readonly inARow: number }
  | { readonly kind: 'locked'; readonly until: Date }
  | { readonly kind: 'exhausted' };

export const NO_ATTEMPTS: Attempts = { failed: 0 };

/** How long the lock lasts that the try number `failed` brings, if it is wrong too; 0 for none. */
export function lockSecondsAfter(failed: number): number {
  if (failed === 0 || failed % LOCKOUT.inARow !== 0) return 0;
  const nth = Math.min(failed / LOCKOUT.inARow, LOCKOUT.waitsSeconds.length);
  return LOCKOUT.waitsSeconds[nth - 1] ?? 0;
}

/**
 * Decides about one try and counts it as wrong beforehand: tries made at the same time cannot outrun the limit, and a
 * right one clears the row afterwards. What was counted before the authenticator was bound (`boundAt`) is forgotten.
 */
export function reserveAttempt(
  attempts: Attempts,
  boundAt: Date | undefined,
  now: Date,
): { readonly reservation: Reservation; readonly attempts: Attempts } {
  const isStale = attempts.lastAt !== undefined && boundAt !== undefined && boundAt > attempts.lastAt;
  const before = isStale ? NO_ATTEMPTS : attempts;
  if (before.failed >= LOCKOUT.exhaustedAt) return { reservation: { kind: 'exhausted' }, attempts };
  if (before.lockedUntil && before.lockedUntil > now) {
    return { reservation: { kind: 'locked', until: before.lockedUntil }, attempts };
  }
  const failed = before.failed + 1;
  const lockSeconds = lockSecondsAfter(failed);
  const lock = lockSeconds === 0 ? {} : { lockedUntil: new Date(now.getTime() + lockSeconds * 1000) };
  return { reservation: { kind: 'permitted', inARow: failed }, attempts: { failed, lastAt: now, ...lock } };
}
