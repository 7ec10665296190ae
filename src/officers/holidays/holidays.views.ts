import type { Said } from '../../http/locale.ts';
import type { Refusable } from '../../http/page.ts';

export interface HolidayLine {
  /** ISO 8601. */
  readonly day: string;
  readonly kind: 'off' | 'worked';
  readonly name: Said;
  readonly source: string;
  /** Still to come. */
  readonly mayRemove: boolean;
}

export type HolidayValues = Readonly<
  Record<'holiday_day' | 'holiday_month' | 'holiday_year' | 'kind' | 'name_vi' | 'name_en' | 'source', string>
>;

/** POST /console/holidays with the fields of HolidayValues; /console/holidays/remove {day}. Errors of the date name `holiday_date`. */
export interface HolidaysModel extends Refusable {
  readonly holidays: readonly HolidayLine[];
  readonly values: HolidayValues;
  readonly done?: 'set' | 'removed';
}

declare module '../../http/page.ts' {
  interface Views {
    'console/holidays/holidays': HolidaysModel;
  }
}
