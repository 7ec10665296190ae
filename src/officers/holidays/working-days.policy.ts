import { dayInHanoi } from '../../kernel/day.ts';

/** How long an office has (Decree 69/2024 art. 13, 15). What is not a working day is not counted, but for the calendar days. */
export const PROCESSING_LIMITS = {
  citizen_level_01: { days: 1, counted: 'working', source: 'Decree 69/2024 art. 13: citizen, valid card, level 01' },
  citizen_level_02: { days: 3, counted: 'working', source: 'Decree 69/2024 art. 13: citizen, valid card, level 02' },
  citizen_without_card: { days: 7, counted: 'working', source: 'Decree 69/2024 art. 13: citizen, no or expired card' },
  foreigner_level_01: { days: 1, counted: 'working', source: 'Decree 69/2024 art. 13: foreigner, level 01' },
  foreigner_known: {
    days: 3,
    counted: 'working',
    source: 'Decree 69/2024 art. 13: foreigner, face and prints on record',
  },
  foreigner_unknown: { days: 7, counted: 'working', source: 'Decree 69/2024 art. 13: foreigner, not on record' },
  organisation_known: { days: 3, counted: 'working', source: 'Decree 69/2024 art. 13: organisation, data on record' },
  organisation_to_verify: { days: 15, counted: 'calendar', source: 'Decree 69/2024 art. 13: organisation, to verify' },
  authority_request_received: { days: 1, counted: 'working', source: 'Decree 69/2024 art. 15: forwarded' },
  authority_request_decided: { days: 2, counted: 'working', source: 'Decree 69/2024 art. 15: decided' },
  portal_appraised: { days: 30, counted: 'calendar', source: 'Decree 69/2024 art. 18: appraisal of a portal' },
} as const satisfies Record<string, Limit>;
export type ProcessingLimit = keyof typeof PROCESSING_LIMITS;

interface Limit {
  readonly days: 1 | 2 | 3 | 7 | 15 | 30;
  readonly counted: 'working' | 'calendar';
  readonly source: string;
}

/** Days (ISO 8601) that differ from the week: off on a weekday, worked on a weekend in exchange. */
export type Calendar = ReadonlyMap<string, 'off' | 'worked'>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** Hà Nội is UTC+7 all year. */
const ZONE_MS = 7 * 60 * 60 * 1000;

/** Whether offices work on this day (ISO 8601): Monday to Friday, unless the calendar says otherwise. */
export function isWorkingDay(day: string, calendar: Calendar): boolean {
  const said = calendar.get(day);
  if (said) return said === 'worked';
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/**
 * The last second in which what was received at `from` is done in time: the end of the last day, the day of receipt not
 * counted (Civil Code 91/2015 art. 147(2), 148(6)). Calendar days that end on a day off end on the next working day (148(5)).
 */
export function dueAt(from: Date, limit: ProcessingLimit, calendar: Calendar): Date {
  const { days, counted } = PROCESSING_LIMITS[limit];
  let day = dayInHanoi(from);
  for (let left: number = days; left > 0;) {
    day = nextDay(day);
    if (counted === 'calendar' || isWorkingDay(day, calendar)) left -= 1;
  }
  while (!isWorkingDay(day, calendar)) day = nextDay(day);
  return new Date(new Date(`${nextDay(day)}T00:00:00Z`).getTime() - ZONE_MS - 1000);
}

const nextDay = (day: string): string =>
  new Date(new Date(`${day}T00:00:00Z`).getTime() + DAY_MS).toISOString().slice(0, 10);
