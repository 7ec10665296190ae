import type { Clock } from '../../kernel/clock.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { countSignInsByPortal, keepCounts, selectKeptCounts } from './sign-in-counts.store.ts';

const DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Sign-ins at a portal on each of the last seven days, today last. Counted at most once in ten minutes for all portals. */
export async function findSignInDays(
  deps: { readonly db: Sql; readonly cache: Cache; readonly clock: Clock },
  portalId: string,
): Promise<readonly { readonly day: Date; readonly signIns: number }[]> {
  const now = deps.clock.now();
  const days = Array.from({ length: DAYS }, (_, i) => dayInHanoi(new Date(now.getTime() - (DAYS - 1 - i) * DAY_MS)));
  const from = new Date(`${days[0]}T00:00:00+07:00`);
  let counts = await selectKeptCounts(deps.cache);
  if (!counts) {
    counts = await countSignInsByPortal(deps.db, from, now);
    await keepCounts(deps.cache, counts);
  }
  const own = counts[portalId] ?? {};
  return days.map((day) => ({ day: new Date(`${day}T12:00:00+07:00`), signIns: own[day] ?? 0 }));
}
