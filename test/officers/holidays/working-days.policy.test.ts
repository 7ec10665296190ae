import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  dueAt,
  isWorkingDay,
  PROCESSING_LIMITS,
  type Calendar,
  type ProcessingLimit,
} from '../../../src/officers/holidays/working-days.policy.ts';

const CALENDAR: Calendar = new Map([
  ['2027-02-05', 'off'],
  ['2027-02-08', 'off'],
  ['2027-02-09', 'off'],
  ['2027-02-10', 'off'],
  ['2027-02-20', 'worked'], // a Saturday, in exchange
]);
const hanoi = (day: string, time = '09:00:00') => new Date(`${day}T${time}+07:00`);
const END = '23:59:59';

test.each<[string, Date, ProcessingLimit, Date]>([
  ['a Monday, one day', hanoi('2026-11-02'), 'citizen_level_01', hanoi('2026-11-03', END)],
  ['a Friday, one day: over the weekend', hanoi('2026-11-06'), 'citizen_level_01', hanoi('2026-11-09', END)],
  ['a Saturday counts from Monday', hanoi('2026-11-07'), 'citizen_level_01', hanoi('2026-11-09', END)],
  ['the last minute of a day', hanoi('2026-11-02', '23:59:59'), 'citizen_level_01', hanoi('2026-11-03', END)],
  ['the first minute of the next', hanoi('2026-11-03', '00:00:00'), 'citizen_level_01', hanoi('2026-11-04', END)],
  ['three days over the New Year', hanoi('2027-02-04'), 'citizen_level_02', hanoi('2027-02-15', END)],
  ['seven days over a worked Saturday', hanoi('2027-02-11'), 'citizen_without_card', hanoi('2027-02-20', END)],
  ['fifteen calendar days', hanoi('2026-11-02'), 'organisation_to_verify', hanoi('2026-11-17', END)],
  ['fifteen that end on a Sunday', hanoi('2026-11-07'), 'organisation_to_verify', hanoi('2026-11-23', END)],
  ['fifteen that end in the New Year', hanoi('2027-01-21'), 'organisation_to_verify', hanoi('2027-02-11', END)],
])('%s', (_, from, limit, due) => {
  expect(dueAt(from, limit, CALENDAR)).toEqual(due);
});

const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-01'), noInvalidDate: true });
const limit = fc.constantFrom(...(Object.keys(PROCESSING_LIMITS) as ProcessingLimit[]));
const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
const calendar = fc
  .array(fc.tuple(day, fc.constantFrom('off' as const, 'worked' as const)), { maxLength: 40 })
  .map((days) => new Map(days.map(([at, kind]) => [at.toISOString().slice(0, 10), kind])));

test('what comes later is never due earlier, and everything is due at the end of a working day', () => {
  fc.assert(
    fc.property(moment, moment, limit, calendar, (a, b, kind, days) => {
      const [first, second] = a < b ? [a, b] : [b, a];
      const [x, y] = [dueAt(first, kind, days), dueAt(second, kind, days)];
      expect(x <= y).toBe(true);
      expect(x > first).toBe(true);
      const last = new Date(x.getTime() + 7 * 3_600_000).toISOString();
      expect(last).toMatch(/T23:59:59\.000Z$/);
      expect(isWorkingDay(last.slice(0, 10), days)).toBe(true);
    }),
  );
});

test('one day off more never makes anything due earlier', () => {
  fc.assert(
    fc.property(moment, limit, calendar, day, (from, kind, days, more) => {
      const longer = new Map([...days, [more.toISOString().slice(0, 10), 'off' as const]]);
      expect(dueAt(from, kind, longer) >= dueAt(from, kind, days)).toBe(true);
    }),
  );
});
