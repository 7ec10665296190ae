import type { Sql } from '../storage/postgres.ts';
import { countEvents } from './audit-trail.store.ts';
import type { TrailQuery } from './trail-query.ts';

/** How many events the trail holds for `query`, counting no further than `atMost`. One statement. */
export const countTrail = (deps: { readonly db: Sql }, query: TrailQuery, atMost: number): Promise<number> =>
  countEvents(deps.db, query, atMost);
