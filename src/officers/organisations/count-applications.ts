import { listApplications } from '../../accounts/organisations/find-application.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { dueTimes } from '../holidays/due-time.ts';
import { limitOf } from './application-page.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Counted no further, the oldest first. */
const MANY = 500;

/** Applications of organisations that wait for an officer, by how their time stands. */
export interface ApplicationCounts {
  readonly open: number;
  readonly overdue: number;
  /** Of those that are not overdue, due within 24 hours. */
  readonly dueSoon: number;
}

/** What waits now, up to 500. Two statements. */
export async function countApplications(deps: {
  readonly db: Sql;
  readonly keyring: Keyring;
  readonly clock: Clock;
}): Promise<ApplicationCounts> {
  const open = await listApplications(deps, ['submitted', 'received'], { limit: MANY, newest: false });
  const now = deps.clock.now().getTime();
  const received = open.map((one) => ({ from: one.submittedAt ?? one.madeAt, limit: limitOf(one) }));
  const left = (await dueTimes(deps.db, received)).map((due) => due.getTime() - now);
  return {
    open: open.length,
    overdue: left.filter((ms) => ms < 0).length,
    dueSoon: left.filter((ms) => ms >= 0 && ms <= DAY_MS).length,
  };
}
