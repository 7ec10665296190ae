/** NIST SP 800-63B-4, 2.3.3 (AAL3): 15 minutes of silence, 12 hours in all. */
export const IDLE_SECONDS = 15 * 60;
export const ABSOLUTE_SECONDS = 12 * 60 * 60;

/** Epoch seconds, all of them. */
export interface SessionTimes {
  readonly startedSeconds: number;
  readonly seenSeconds: number;
}

export type SessionStanding = { readonly kind: 'open' } | { readonly kind: 'idle' } | { readonly kind: 'too_long' };

/** Whether an officer's session still stands. Showing the passkey again does not lengthen the 12 hours. */
export function sessionStanding({ startedSeconds, seenSeconds }: SessionTimes, nowSeconds: number): SessionStanding {
  if (nowSeconds - startedSeconds >= ABSOLUTE_SECONDS) return { kind: 'too_long' };
  if (nowSeconds - seenSeconds >= IDLE_SECONDS) return { kind: 'idle' };
  return { kind: 'open' };
}
