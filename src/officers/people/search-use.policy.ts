/** What one officer searches and opens within an hour. A counter serves some twenty people in that time. */
export const SEARCH_USE = { alertAt: 30, mostAnHour: 60, missesAlertAt: 10 } as const;

export interface HourOfUse {
  /** This one included. */
  readonly searches: number;
  /** Searches that found nobody: who guesses has many. */
  readonly misses: number;
}

export type SearchUse =
  | { readonly kind: 'usual' }
  /** Goes on, and the auditor hears of it; said once for each threshold. */
  | { readonly kind: 'unusual'; readonly why: 'many_searches' | 'many_misses' }
  | { readonly kind: 'too_many' };

/** Whether an officer may search on. */
export function judgeSearches({ searches, misses }: HourOfUse): SearchUse {
  if (searches > SEARCH_USE.mostAnHour) return { kind: 'too_many' };
  if (searches === SEARCH_USE.alertAt) return { kind: 'unusual', why: 'many_searches' };
  if (misses === SEARCH_USE.missesAlertAt) return { kind: 'unusual', why: 'many_misses' };
  return { kind: 'usual' };
}
