const DAY_MS = 24 * 60 * 60 * 1000;

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The day `days` after an ISO day. */
export const plusDays = (day: string, days: number): string => isoDay(Date.parse(day) + days * DAY_MS);

/** The same day `years` later; the last of February where there is no 29th. */
export function plusYears(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0');
  const sameDay = `${year}${day.slice(4)}`;
  return day.endsWith('-02-29') && isoDay(Date.parse(sameDay)) !== sameDay ? `${year}-02-28` : sameDay;
}

/** Whole days from one ISO day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
