import { cardStatus, type Citizen } from '../nation/citizen.ts';
import type { Told } from '../nation/live-nation.ts';

/** A person as the registry's interface writes them. `today` (ISO day) decides whether the card has run out. */
export function personAnswer(citizen: Citizen, today: string): object {
  const { card, stay, deceasedOn, guardian, phone } = citizen;
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
    phone,
  };
}

/** Cursors are opaque to readers, and sort as text. */
const cursorOf = (sequence: number): string => String(sequence).padStart(12, '0');

/** The sequence number of a cursor, 0 for none; undefined for what was never a cursor. */
export function sequenceOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return 0;
  return /^\d{12}$/.test(cursor) ? Number(cursor) : undefined;
}

/** A happening as the feed writes it, with the record that followed. */
export function changeAnswer(told: Told, today: string): object {
  const { kind, national_id } = told.happening;
  return {
    cursor: cursorOf(told.sequence),
    occurred_at: told.occurredAt,
    kind,
    national_id,
    person: personAnswer(told.record, today),
    new_national_id: kind === 'number_reestablished' ? told.record.nationalId : undefined,
  };
}
