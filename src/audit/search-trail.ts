import type { Sql } from '../storage/postgres.ts';
import { selectTrail } from './audit-trail.store.ts';
import type { TrailEvent, TrailMark, TrailQuery } from './trail-query.ts';

export interface TrailPage {
  /** Newest first. */
  readonly events: readonly TrailEvent[];
  /** Where to go on; absent when this is the end. */
  readonly next?: TrailMark;
}

/** What the trail holds for `query`, newest first, at most `limit`. One statement, however far back it goes on. */
export async function searchTrail(
  deps: { readonly db: Sql },
  query: TrailQuery,
  { limit, after }: { readonly limit: number; readonly after?: TrailMark },
): Promise<TrailPage> {
  const found = await selectTrail(deps.db, query, limit + 1, after);
  const events = found.slice(0, limit);
  const last = events.at(-1);
  return {
    events: events.map(({ event }) => event),
    ...(found.length > limit && last && { next: { at: last.at, eventId: last.event.eventId } }),
  };
}
