/** Decree 69/2024 art. 7(1): a citizen of 14 or over with a valid card registers at level 01 without help. */
export const MINIMUM_OWN_REGISTRATION_AGE = 14;

export interface RegistryFacts {
  readonly birthDate: string;
  readonly deceased: boolean;
  readonly cardStatus: 'valid' | 'expired' | 'withdrawn' | 'held' | 'none';
  /** The phone that the registry has as the person's own, E.164. */
  readonly phoneOnRecord: string | undefined;
}

export type Eligibility =
  | { readonly kind: 'eligible' }
  | { readonly kind: 'refused'; readonly reason: 'deceased' | 'too_young' | 'card_not_valid' | 'phone_not_on_record' };

/** Whether this person may register with this phone (E.164) on this day. The reason is for the audit, never for the page. */
export function mayRegister(facts: RegistryFacts, phone: string, today: Date): Eligibility {
  if (facts.deceased) return { kind: 'refused', reason: 'deceased' };
  if (!isOldEnough(facts.birthDate, today)) return { kind: 'refused', reason: 'too_young' };
  if (facts.cardStatus !== 'valid') return { kind: 'refused', reason: 'card_not_valid' };
  // Decree 69/2024 art. 10: the number is registered in the person's own name.
  if (facts.phoneOnRecord !== phone) return { kind: 'refused', reason: 'phone_not_on_record' };
  return { kind: 'eligible' };
}

/** Age by birth date (ISO 8601); a year alone counts as its last day, so that nobody is let in too early. */
export function isOldEnough(birthDate: string, today: Date): boolean {
  const birthday = new Date(`${birthDate.length === 4 ? `${birthDate}-12-31` : birthDate}T00:00:00+07:00`);
  const fourteenth = new Date(birthday);
  fourteenth.setUTCFullYear(birthday.getUTCFullYear() + MINIMUM_OWN_REGISTRATION_AGE);
  return fourteenth <= today;
}
