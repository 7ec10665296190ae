import { cardStatus, type Citizen } from '../nation/citizen.ts';
import type { Told } from '../nation/live-nation.ts';
import type { RegisteredOrganisation } from '../nation/registered-organisation.ts';

/** A person as the registry's interface writes them. `today` (ISO day) decides whether the card has run out. */
export function personAnswer(citizen: Citizen, today: string): object {
  const { card, stay, deceasedOn, guardian, ward, phone } = citizen;
  return {
    national_id: citizen.nationalId,
    full_name: citizen.fullName,
    birth_date: citizen.birthDate,
    gender: citizen.gender,
    nationality: citizen.nationality,
    address: citizen.address,
    card: { status: cardStatus(citizen, today), issued_on: card.issuedOn, expires_on: card.expiresOn },
    stay: stay && {
      passport: {
        number: stay.passport.number,
        issued_on: stay.passport.issuedOn,
        expires_on: stay.passport.expiresOn,
      },
      residence: {
        kind: stay.residence.kind,
        issued_on: stay.residence.issuedOn,
        expires_on: stay.residence.expiresOn,
      },
      biometrics_on_record: stay.biometricsOnRecord,
    },
    deceased_on: deceasedOn,
    guardian,
    ward,
    phone,
  };
}

/** An organisation as the register's interface writes it. */
export const organisationAnswer = (organisation: RegisteredOrganisation): object => ({
  tax_number: organisation.taxNumber,
  name: organisation.name,
  short_name: organisation.shortName,
  foreign_name: organisation.foreignName,
  head_office: organisation.headOffice,
  founded_on: organisation.foundedOn,
  state: organisation.dissolvedOn === undefined ? 'active' : 'dissolved',
  verified: organisation.verified,
  representatives: organisation.representatives,
});

/** Cursors are opaque to readers, and sort as text. */
const cursorOf = (sequence: number): string => String(sequence).padStart(12, '0');

/** The sequence number of a cursor, 0 for none; undefined for what was never a cursor. */
export function sequenceOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return 0;
  return /^\d{12}$/.test(cursor) ? Number(cursor) : undefined;
}

/** A happening as the feed writes it, with the record that followed. */
export function changeAnswer(told: Told, today: string): object {
  const place = { cursor: cursorOf(told.sequence), occurred_at: told.occurredAt };
  if ('organisation' in told)
    return { ...place, kind: told.happening.kind, organisation: organisationAnswer(told.organisation) };
  const { kind, national_id } = told.happening;
  return {
    ...place,
    kind,
    national_id,
    person: personAnswer(told.record, today),
    new_national_id: kind === 'number_reestablished' ? told.record.nationalId : undefined,
  };
}
