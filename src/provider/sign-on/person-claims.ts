import type { Personal } from '../../accounts/account.ts';
import type { ClaimName } from '../../portals/claim.ts';

/** One value a claim may have. */
export type ClaimValue = string | boolean | Readonly<Record<string, string>>;

/** How each claim is made from the personal data; undefined where the account has no such value. */
const MAKE: Record<ClaimName, (person: Personal) => ClaimValue | undefined> = {
  name: (person) => person.fullName,
  // OpenID Connect Core 5.1: YYYY-MM-DD, or YYYY where only the year is on record
  birthdate: (person) => person.birthDate,
  birthdate_precision: (person) => (person.birthDate.length === 'YYYY'.length ? 'year' : 'day'),
  gender: (person) => person.gender,
  // as the registry writes it (Law 26/2023 art. 9; of a foreigner Decree 69/2024 art. 5)
  nationality: (person) => person.nationality,
  national_id: (person) => person.nationalId,
  phone_number: (person) => person.phone,
  // the number on the account was proven by a code when it was registered
  phone_number_verified: (person) => (person.phone === undefined ? undefined : true),
  email: (person) => person.email,
  // mail addresses are declared, not yet proven
  email_verified: (person) => (person.email === undefined ? undefined : false),
  address: ({ address }) =>
    address && {
      formatted: `${address.detail}, ${address.ward}, ${address.province}`,
      street_address: address.detail,
      locality: address.ward,
      region: address.province,
      country: 'VN',
    },
  // not of the person's data: find-account adds it where an organisation was chosen
  organisation: () => undefined,
};

/** The values of exactly the claims named; claims without a value are left out. */
export function personClaims(person: Personal, names: readonly ClaimName[]): Partial<Record<ClaimName, ClaimValue>> {
  const made = names.map((name) => [name, MAKE[name](person)] as const);
  return Object.fromEntries(made.filter(([, value]) => value !== undefined));
}
