import type { Stay } from '../registry/population-registry.ts';

/** The grounds of lock that only foreigners meet (Decree 69/2024 art. 15). */
export const STAY_GROUNDS = ['passport_expired', 'residence_ended'] as const;
export type StayGround = (typeof STAY_GROUNDS)[number];

/** Which of a foreigner's papers are no longer good on `today` (ISO day, Hà Nội): the last day itself still counts. */
export function lapsedPapers({ passport, residence }: Stay, today: string): StayGround[] {
  const hasEnded = { passport_expired: passport.expiresOn, residence_ended: residence.expiresOn } as const;
  return STAY_GROUNDS.filter((ground) => isBefore(hasEnded[ground], today));
}

/** The next last day (ISO) of a paper that is still good; undefined for none. */
export function nextLastDay({ passport, residence }: Stay, today: string): string | undefined {
  const ahead = [passport.expiresOn, residence.expiresOn ?? '9999-12-31'].filter((day) => !isBefore(day, today));
  return ahead.toSorted((a, b) => a.localeCompare(b))[0];
}

const isBefore = (day: string | undefined, today: string): boolean => day !== undefined && day < today;
