import { dayInHanoi } from '../../kernel/day.ts';
import type { Sql } from '../../storage/postgres.ts';
import { calendarOf } from './holiday.ts';
import { selectHolidaysFrom } from './holiday.store.ts';
import { dueAt, type ProcessingLimit } from './working-days.policy.ts';

/** When what is received at `from` must be done, on the calendar as it is today. One statement. */
export async function dueTime(sql: Sql, from: Date, limit: ProcessingLimit): Promise<Date> {
  return dueAt(from, limit, calendarOf(await selectHolidaysFrom(sql, dayInHanoi(from))));
}
