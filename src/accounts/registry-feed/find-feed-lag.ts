import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import { selectSeenUntil } from './feed.store.ts';

/** How many seconds what happened in the registry may be ahead of the accounts; undefined before the registry's first answer. */
export async function findFeedLag(deps: { readonly db: Sql; readonly clock: Clock }): Promise<number | undefined> {
  const seenUntil = await selectSeenUntil(deps.db);
  return seenUntil && Math.max(0, (deps.clock.now().getTime() - seenUntil.getTime()) / 1000);
}
