/** How a due time stands, as an officer says it. Text `cases.due.<kind>_<unit>`. */
export interface DueIn {
  readonly kind: 'left' | 'overdue';
  readonly unit: 'minutes' | 'hours' | 'days';
  readonly count: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The time left or over, in the biggest unit that says at least two of it (rounded down, so that nobody is promised more). */
export function dueIn(dueAt: Date, now: Date): DueIn {
  const left = dueAt.getTime() - now.getTime();
  const kind = left >= 0 ? 'left' : 'overdue';
  const span = Math.abs(left);
  if (span >= 2 * DAY_MS) return { kind, unit: 'days', count: Math.floor(span / DAY_MS) };
  if (span >= 2 * HOUR_MS) return { kind, unit: 'hours', count: Math.floor(span / HOUR_MS) };
  return { kind, unit: 'minutes', count: Math.floor(span / MINUTE_MS) };
}
