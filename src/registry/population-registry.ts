import type { NationalId } from './national-id.ts';
import type { OrganisationChange } from './organisation.ts';

/** What a person types about themselves; compared by the registry connector's own policy, never shown back. */
export interface DeclaredPerson {
  readonly nationalId: NationalId;
  readonly fullName: string;
  /** ISO 8601: `YYYY-MM-DD`, or `YYYY` where only the year is on record (domain: birth date precision). */
  readonly birthDate: string;
  /** ISO 8601 date of issue of the current card; a foreigner's residence card or passport. */
  readonly cardIssuedOn: string;
}

/** On what a foreigner lives here (Law 26/2023 art. 3, Decree 69/2024 art. 7): a passport, and a residence card. Days are ISO 8601. */
export interface Stay {
  readonly passport: { readonly number: string; readonly issuedOn: string; readonly expiresOn: string };
  /** Without `expiresOn` it has no end. */
  readonly residence: {
    readonly kind: 'permanent' | 'temporary';
    readonly issuedOn: string;
    readonly expiresOn?: string;
  };
  /** Face and fingerprints are in the immigration database, so that they can be compared at once (Decree 69/2024 art. 13). */
  readonly biometricsOnRecord: boolean;
}

export type CardStatus = 'valid' | 'expired' | 'withdrawn' | 'held' | 'none';

/** One record of the national population database, as far as an account needs it (Law 26/2023 art. 9). */
export interface Person {
  readonly nationalId: NationalId;
  readonly fullName: string;
  readonly birthDate: string;
  readonly gender: 'male' | 'female';
  readonly address?: { readonly detail: string; readonly ward: string; readonly province: string };
  readonly nationality: string;
  readonly card: { readonly status: CardStatus; readonly issuedOn?: string; readonly expiresOn?: string };
  /** Present for a foreigner and for nobody else; then the card's status is `none`. */
  readonly stay?: Stay;
  readonly deceasedOn?: string;
  readonly guardian?: NationalId;
  /** Under guardianship or represented at any age (Civil Code 91/2015 art. 47), not only as a child of parents. */
  readonly ward?: boolean;
  /** The mobile number on record as the person's own, E.164. */
  readonly phone?: string;
}

export type RegistryAnswer<T> =
  { readonly kind: 'found'; readonly value: T } | { readonly kind: 'not_found' } | { readonly kind: 'unavailable' };

/** One fact of the change feed, at-least-once, in order of `cursor`. */
export type RegistryChange = PersonChange | OrganisationChange;

export interface PersonChange {
  readonly cursor: string;
  readonly occurredAt: string;
  readonly kind:
    | 'death'
    | 'card_issued'
    | 'card_expired'
    | 'card_withdrawn'
    | 'name_corrected'
    | 'birth_date_corrected'
    | 'number_reestablished'
    | 'residence_changed'
    | 'guardian_changed'
    | 'passport_expired'
    | 'passport_renewed'
    | 'residence_ended'
    | 'residence_extended';
  readonly nationalId: NationalId;
  readonly person: Person;
  /** Only for `number_reestablished`: the number that replaces `nationalId`. */
  readonly newNationalId?: NationalId;
}

/** An interface because there are two: the HTTP connector, and the fake of the tests. Both pass one contract suite. */
export interface PopulationRegistry {
  /** The person, if number and declared data match (marks, case and tone placement folded); `not_found` for both misses alike. */
  findMatching(declared: DeclaredPerson): Promise<RegistryAnswer<Person>>;
  /** The person by number alone: for officers and for the feed. */
  findPerson(nationalId: NationalId): Promise<RegistryAnswer<Person>>;
  /** Whom the register has in the care of this guardian today, the dead too; nobody is an empty list. */
  findDependants(guardian: NationalId): Promise<RegistryAnswer<readonly Person[]>>;
  /** Changes after `cursor` (from the start when undefined), oldest first, at most `limit`. */
  changesAfter(cursor: string | undefined, limit: number): Promise<RegistryAnswer<readonly RegistryChange[]>>;
}
