import { record } from '../../audit/record.ts';
import { searchTrail, type TrailPage } from '../../audit/search-trail.ts';
import type { TrailMark, TrailQuery } from '../../audit/trail-query.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Officer } from '../officer.ts';
import { auditLooked } from './events.ts';

const PAGE = 25;

/** One page of the trail for this officer, newest first. The look is itself recorded, with the account it was about. */
export async function lookAtTrail(
  deps: { readonly db: Sql; readonly clock: Clock },
  officer: Officer,
  query: TrailQuery,
  after?: TrailMark,
): Promise<TrailPage> {
  const found = await searchTrail(deps, query, { limit: PAGE, ...(after && { after }) });
  await record(deps.db, auditLooked(officer, query, found.events.length), deps.clock.now());
  return found;
}
