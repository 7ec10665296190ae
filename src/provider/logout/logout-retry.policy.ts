const MINUTE_MS = 60_000;

/** Logouts are tried again for an hour, at growing distance: 5 s, 10 s, 20 s … at most 10 minutes. */
export const LOGOUT_RETRY = { firstMs: 5_000, mostMs: 10 * MINUTE_MS, giveUpMs: 60 * MINUTE_MS } as const;

export type RetryDecision = { readonly kind: 'retry'; readonly at: Date } | { readonly kind: 'give_up' };

/** What follows a failed attempt, the `attempts`-th. */
export function afterFailure(queuedAt: Date, attempts: number, now: Date): RetryDecision {
  const waitMs = Math.min(LOGOUT_RETRY.mostMs, LOGOUT_RETRY.firstMs * 2 ** (attempts - 1));
  const at = new Date(now.getTime() + waitMs);
  if (at.getTime() - queuedAt.getTime() > LOGOUT_RETRY.giveUpMs) return { kind: 'give_up' };
  return { kind: 'retry', at };
}
