import type { Cache } from '../storage/redis.ts';

/** Registrations begun with one number, and with one phone, in a day: as many as codes may be sent (login.gov). */
const LIMIT = { points: 20, seconds: 24 * 60 * 60 } as const;

export type BeginDecision =
  { readonly kind: 'permitted' } | { readonly kind: 'too_many'; readonly retryAfterSeconds: number };

/** Counts a beginning under each of these keyed hashes, whatever is found about them later. One round trip. */
export async function countBeginning(cache: Cache, hashes: readonly string[]): Promise<BeginDecision> {
  const counts = await Promise.all(hashes.map((hash) => countOne(cache, `eid:registrations:${hash}`)));
  const waits = counts.filter(({ count }) => count > LIMIT.points).map(({ leftSeconds }) => leftSeconds);
  return waits.length === 0 ? { kind: 'permitted' } : { kind: 'too_many', retryAfterSeconds: Math.max(1, ...waits) };
}

async function countOne(cache: Cache, key: string): Promise<{ count: number; leftSeconds: number }> {
  const replies = await cache.multi().set(key, 0, 'EX', LIMIT.seconds, 'NX').incr(key).ttl(key).exec();
  const failure = replies?.find(([error]) => error)?.[0];
  if (failure) throw failure;
  return { count: Number(replies?.[1]?.[1]), leftSeconds: Number(replies?.[2]?.[1]) };
}
