import type { Cache } from '../../storage/redis.ts';
import type { OfficerId } from '../officer.ts';

const HOUR_SECONDS = 60 * 60;
type Counted = 'searches' | 'misses';
const keyOf = (officerId: OfficerId, counted: Counted) => `officer-${counted}:${officerId}`;

/** One more within the hour that the first began; how many there are. Throws when it cannot be counted. */
export async function countUse(cache: Cache, officerId: OfficerId, counted: Counted): Promise<number> {
  const key = keyOf(officerId, counted);
  const [count] = await Promise.all([cache.incr(key), cache.expire(key, HOUR_SECONDS, 'NX')]);
  return count;
}
