import type { Said } from '../../http/locale.ts';
import type { Calendar } from './working-days.policy.ts';

/** A day that differs from the week, and what says so. */
export interface Holiday {
  /** ISO 8601. */
  readonly day: string;
  readonly kind: 'off' | 'worked';
  readonly name: Said;
  readonly source: string;
}

/** The calendar as due times are counted on it. */
export const calendarOf = (holidays: readonly Holiday[]): Calendar =>
  new Map(holidays.map(({ day, kind }) => [day, kind]));
