import { dayInHanoi } from '../../kernel/day.ts';
import type { Sql } from '../../storage/postgres.ts';
import { calendarOf } from './holiday.ts';
import { selectHolidaysFrom } from './holiday.store.ts';
import { dueAt, type ProcessingLimit } from './working-days.policy.ts';

/** As dueTime for many at once. One statement, none for none. */
export async function dueTimes(
  sql: Sql,
  received: readonly { readonly from: Date; readonly limit: ProcessingLimit }[],
): Promise<Date[]> {
  if (received.length === 0) return [];
  const first = new Date(Math.min(...received.map(({ from }) => from.getTime())));
  const calendar = calendarOf(await selectHolidaysFrom(sql, dayInHanoi(first)));
  return received.map(({ from, limit }) => dueAt(from, limit, calendar));
}

/** When what is received at `from` must be done, on the calendar as it is today. One statement. */
export async function dueTime(sql: Sql, from: Date, limit: ProcessingLimit): Promise<Date> {
  return dueAt(from, limit, calendarOf(await selectHolidaysFrom(sql, dayInHanoi(from))));
}
