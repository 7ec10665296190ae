import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import { holidayRemoved, holidaySet } from '../events.ts';
import { actorOf, type Officer } from '../officer.ts';
import { mayChangeDay, type HolidayChangeDecision } from './holiday-change.policy.ts';
import { deleteHoliday, upsertHoliday } from './holiday.store.ts';
import type { Holiday } from './holiday.ts';

interface HolidayDeps {
  readonly db: Database;
  readonly clock: Clock;
}

type Refused = Exclude<HolidayChangeDecision, { kind: 'may_change' }>;

/** Puts a day into the calendar, in place of what stood there. Due times already counted stay as people were told them. */
export async function setHoliday(
  deps: HolidayDeps,
  by: Officer,
  holiday: Holiday,
): Promise<{ readonly kind: 'set' } | Refused> {
  const at = deps.clock.now();
  const decision = mayChangeDay(holiday.day, holiday.kind, at);
  if (decision.kind !== 'may_change') return decision;
  await inTransaction(deps.db, async (sql) => {
    await upsertHoliday(sql, holiday, { actor: actorOf(by), at });
    await record(sql, holidaySet(by, holiday.day, holiday.kind), at);
  });
  return { kind: 'set' };
}

/** Takes a day out of the calendar: the week decides again. `not_there`: nothing stood there. */
export async function removeHoliday(
  deps: HolidayDeps,
  by: Officer,
  day: string,
): Promise<{ readonly kind: 'removed' } | { readonly kind: 'not_there' } | Refused> {
  const at = deps.clock.now();
  const decision = mayChangeDay(day, 'nothing', at);
  if (decision.kind !== 'may_change') return decision;
  return inTransaction(deps.db, async (sql) => {
    if (!(await deleteHoliday(sql, day))) return { kind: 'not_there' };
    await record(sql, holidayRemoved(by, day), at);
    return { kind: 'removed' };
  });
}
