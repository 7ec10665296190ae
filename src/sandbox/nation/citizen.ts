import type { Gender } from './names.ts';

/** The day as of which the nation was drawn: nobody is born, buried or given a card after it. */
export const DRAWN_ON = '2026-07-01';
export const DRAWN_IN_YEAR = 2026;

/** An identity card as a fact; whether it has expired is a question of today, see `cardStatus`. */
export interface Card {
  readonly issuedOn?: string;
  /** Absent on a card for life (issued after 60 or shortly before). */
  readonly expiresOn?: string;
  readonly taken?: 'withdrawn' | 'held';
}

/** On what a foreigner lives here. */
export interface Stay {
  readonly passport: { readonly number: string; readonly issuedOn: string; readonly expiresOn: string };
  readonly residence: {
    readonly kind: 'permanent' | 'temporary';
    readonly issuedOn: string;
    readonly expiresOn?: string;
  };
  readonly biometricsOnRecord: boolean;
}

/** One person of the synthetic population. Dates are ISO 8601; the birth date may be a year alone. */
export interface Citizen {
  readonly nationalId: string;
  readonly fullName: string;
  readonly birthDate: string;
  readonly gender: Gender;
  readonly nationality: string;
  readonly address: { readonly detail: string; readonly ward: string; readonly province: string };
  readonly card: Card;
  /** Of foreigners alone, who have no identity card. */
  readonly stay?: Stay;
  readonly deceasedOn?: string;
  /** Personal ID number of the guardian. */
  readonly guardian?: string;
  /** Under guardianship at any age, not only as a child. */
  readonly ward?: boolean;
  /** E.164. */
  readonly phone?: string;
  /** People of one household share it. */
  readonly household: string;
}

/** The state of a card on a day (ISO date). A dead person's card is no longer good, whatever is printed on it. */
export function cardStatus(citizen: Citizen, today: string): 'valid' | 'expired' | 'withdrawn' | 'held' | 'none' {
  const { issuedOn, expiresOn, taken } = citizen.card;
  if (issuedOn === undefined) return 'none';
  if (taken !== undefined) return taken;
  if (citizen.deceasedOn !== undefined) return 'withdrawn';
  return expiresOn !== undefined && expiresOn < today ? 'expired' : 'valid';
}

// Century and sex in one digit, Decree 137/2015 art. 13: 19xx 0/1, 20xx 2/3.
/** A personal ID number of parts: place of birth registration, birth year, sex, six digits. */
export function nationalIdOf(placeCode: string, birthYear: number, gender: Gender, lastSix: number): string {
  const century = (Math.floor(birthYear / 100) - 19) * 2 + (gender === 'female' ? 1 : 0);
  const year = String(birthYear % 100).padStart(2, '0');
  return `${placeCode}${century}${year}${String(lastSix).padStart(6, '0')}`;
}
