/** Hà Nội is UTC+7 all year. */
const ZONE_MS = 7 * 60 * 60 * 1000;

export type HolidayChangeDecision =
  | { readonly kind: 'may_change' }
  /** Today and before: due times were counted on it, and people were told them. */
  | { readonly kind: 'past' }
  /** Monday to Friday is worked anyway. */
  | { readonly kind: 'worked_anyway' };

/** Whether the calendar may come to say `as` of this day (ISO 8601), or nothing any more. */
export function mayChangeDay(day: string, as: 'off' | 'worked' | 'nothing', now: Date): HolidayChangeDecision {
  const today = new Date(now.getTime() + ZONE_MS).toISOString().slice(0, 10);
  if (day <= today) return { kind: 'past' };
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return as === 'worked' && weekday >= 1 && weekday <= 5 ? { kind: 'worked_anyway' } : { kind: 'may_change' };
}

/** The day in ISO 8601 that three fields name; undefined for one that does not exist. */
export function parseDay(day: string, month: string, year: string): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^20\d\d$/.test(year)) return undefined;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined;
}
