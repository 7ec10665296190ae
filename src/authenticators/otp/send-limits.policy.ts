/** Codes sent, counted per identifier and per number: 2 in 10 s, 20 a day (login.gov). */
export const SEND_LIMITS = { burst: 2, burstSeconds: 10, daily: 20, daySeconds: 24 * 60 * 60 } as const;

export type SendDecision =
  | { readonly kind: 'permitted'; readonly resendAfterSeconds: number }
  | { readonly kind: 'too_soon'; readonly retryAfterSeconds: number }
  | { readonly kind: 'too_many'; readonly until: Date };

const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);
const secondsUntil = (moment: Date, now: Date) => Math.max(0, Math.ceil((moment.getTime() - now.getTime()) / 1000));

/** Decides about one more send from the moments of the last day's (oldest first). `resendAfterSeconds`: when the next may follow. */
export function maySend(sentAt: readonly Date[], now: Date): SendDecision {
  const { burst, burstSeconds, daily, daySeconds } = SEND_LIMITS;
  const today = sentAt.filter((at) => later(at, daySeconds) > now);
  const oldest = today[today.length - daily];
  if (oldest) return { kind: 'too_many', until: later(oldest, daySeconds) };
  const recent = today[today.length - burst];
  if (recent && later(recent, burstSeconds) > now) {
    return { kind: 'too_soon', retryAfterSeconds: secondsUntil(later(recent, burstSeconds), now) };
  }
  const first = [...today, now][today.length + 1 - burst];
  return { kind: 'permitted', resendAfterSeconds: first ? secondsUntil(later(first, burstSeconds), now) : 0 };
}

/** The stricter of two decisions: what both allow is allowed, and the longer wait holds. */
export function stricter(a: SendDecision, b: SendDecision): SendDecision {
  const rank = { permitted: 0, too_soon: 1, too_many: 2 } as const;
  if (rank[a.kind] !== rank[b.kind]) return rank[a.kind] > rank[b.kind] ? a : b;
  return waitOf(a) >= waitOf(b) ? a : b;
}

function waitOf(decision: SendDecision): number {
  if (decision.kind === 'permitted') return decision.resendAfterSeconds;
  return decision.kind === 'too_soon' ? decision.retryAfterSeconds : decision.until.getTime();
}
