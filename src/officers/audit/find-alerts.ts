import { countTrail } from '../../audit/count-trail.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import { NO_FILTER, trailHref, withDays } from './audit-filter.ts';
import type { AlertLine } from './audit.views.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
export const ALERT_DAYS = 7;
/** Counted no further: more than this is "many". */
const MANY = 1_000;
const ALERTS = [
  { name: 'unusual', kind: 'officer.search_unusual' },
  { name: 'refused', kind: 'officer.refused' },
] as const;

/** What happened at the console in the last 7 days that an auditor should look into. Two statements, both by index. */
export function findAlerts(deps: { readonly db: Sql; readonly clock: Clock }): Promise<readonly AlertLine[]> {
  const now = deps.clock.now();
  const from = new Date(now.getTime() - ALERT_DAYS * DAY_MS);
  const until = new Date(now.getTime() + 1);
  return Promise.all(
    ALERTS.map(async ({ name, kind }) => ({
      name,
      count: await countTrail(deps, { from, until, kind }, MANY),
      href: trailHref(withDays({ ...NO_FILTER, kind }, now)),
    })),
  );
}
