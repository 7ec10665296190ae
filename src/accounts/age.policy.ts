import { dayInHanoi } from '../kernel/day.ts';

/**
 * Whether somebody born on this day (ISO 8601, or the year alone) is so many years old on this day in Hà Nội. A year alone
 * counts as its last day, so that nobody is let in too early; who was born on 29 February is a year older on 1 March where
 * there is none.
 */
export function hasReached(birthDate: string, years: number, now: Date): boolean {
  const birthday = birthDate.length === 4 ? `${birthDate}-12-31` : birthDate;
  // As text: 2026-02-29 lies between 2026-02-28 and 2026-03-01.
  return `${Number(birthday.slice(0, 4)) + years}${birthday.slice(4)}` <= dayInHanoi(now);
}
