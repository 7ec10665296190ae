import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import { mayChangeDay } from './holiday-change.policy.ts';
import { selectHolidaysFrom } from './holiday.store.ts';
import type { Holiday } from './holiday.ts';

/** The calendar from the first day of this year on; `mayRemove` of the days still to come. */
export async function listHolidays(deps: {
  readonly db: Sql;
  readonly clock: Clock;
}): Promise<(Holiday & { readonly mayRemove: boolean })[]> {
  const now = deps.clock.now();
  const holidays = await selectHolidaysFrom(deps.db, `${now.getUTCFullYear()}-01-01`);
  return holidays.map((holiday) => ({
    ...holiday,
    mayRemove: mayChangeDay(holiday.day, 'nothing', now).kind === 'may_change',
  }));
}
