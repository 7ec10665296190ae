import { z } from 'zod';
import { parseNationalId, type NationalId } from './national-id.ts';
import type { Organisation, OrganisationChange } from './organisation.ts';
import type { Person, PersonChange, Stay } from './population-registry.ts';
import { parseTaxNumber, type TaxNumber } from './tax-number.ts';

/** Where a registry answers, below its base address. Numbers travel in bodies, never in addresses, which proxies log. */
export const REGISTRY_PATHS = {
  findPerson: '/v1/persons/find',
  findOrganisation: '/v1/organisations/find',
  findDependants: '/v1/persons/dependants',
  changes: '/v1/changes',
} as const;

const NationalIdText = z.string().transform((text, context): NationalId => {
  const nationalId = /^\d{12}$/.test(text) ? parseNationalId(text) : undefined;
  if (nationalId !== undefined) return nationalId;
  context.addIssue({ code: 'custom', message: 'not a personal ID number' });
  return z.NEVER;
});
const Day = z.iso.date();
const ShortText = z.string().min(1).max(300);

/** What an account follows of a foreigner's papers. */
const StayText = z
  .object({
    passport: z.object({ number: z.string().min(1).max(40), issued_on: Day, expires_on: Day }),
    residence: z.object({ kind: z.enum(['permanent', 'temporary']), issued_on: Day, expires_on: Day.optional() }),
    biometrics_on_record: z.boolean(),
  })
  .transform(({ passport, residence, biometrics_on_record }): Stay => ({
    passport: { number: passport.number, issuedOn: passport.issued_on, expiresOn: passport.expires_on },
    residence: {
      kind: residence.kind,
      issuedOn: residence.issued_on,
      ...(residence.expires_on !== undefined && { expiresOn: residence.expires_on }),
    },
    biometricsOnRecord: biometrics_on_record,
  }));

const PersonText = z
  .object({
    national_id: NationalIdText,
    full_name: ShortText.transform((name) => name.normalize('NFC')),
    birth_date: Day.or(z.string().regex(/^\d{4}$/)),
    gender: z.enum(['male', 'female']),
    address: z.object({ detail: z.string().max(300), ward: ShortText, province: ShortText }).optional(),
    nationality: ShortText,
    card: z.object({
      status: z.enum(['valid', 'expired', 'withdrawn', 'held', 'none']),
      issued_on: Day.optional(),
      expires_on: Day.optional(),
    }),
    stay: StayText.optional(),
    deceased_on: Day.optional(),
    guardian: NationalIdText.optional(),
    ward: z.boolean().optional(),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/)
      .optional(),
  })
  .transform(({ card, ...record }): Person => ({
    nationalId: record.national_id,
    fullName: record.full_name,
    birthDate: record.birth_date,
    gender: record.gender,
    nationality: record.nationality,
    card: {
      status: card.status,
      ...(card.issued_on !== undefined && { issuedOn: card.issued_on }),
      ...(card.expires_on !== undefined && { expiresOn: card.expires_on }),
    },
    ...(record.address && { address: record.address }),
    ...(record.stay && { stay: record.stay }),
    ...(record.deceased_on !== undefined && { deceasedOn: record.deceased_on }),
    ...(record.guardian && { guardian: record.guardian }),
    ...(record.ward !== undefined && { ward: record.ward }),
    ...(record.phone !== undefined && { phone: record.phone }),
  }));

/** The answer to `findPerson`: the record, or null for nobody. A 404 is no answer: it may be a wrong address. */
export const PersonAnswer = z.object({ person: PersonText.nullable() });

/** More are in nobody's care. */
const DEPENDANTS = 200;

/** The answer to `findDependants`. */
export const DependantsAnswer = z.object({ persons: z.array(PersonText).max(DEPENDANTS) });

const TaxNumberText = z.string().transform((text, context): TaxNumber => {
  const taxNumber = /^\d{10}(-\d{3})?$/.test(text) ? parseTaxNumber(text) : undefined;
  if (taxNumber !== undefined) return taxNumber;
  context.addIssue({ code: 'custom', message: 'not a tax number' });
  return z.NEVER;
});

const OrganisationText = z
  .object({
    tax_number: TaxNumberText,
    name: ShortText.transform((name) => name.normalize('NFC')),
    short_name: ShortText.optional(),
    foreign_name: ShortText.optional(),
    head_office: ShortText,
    founded_on: Day,
    state: z.enum(['active', 'dissolved']),
    verified: z.boolean(),
    representatives: z.array(NationalIdText).max(50),
  })
  .transform((record): Organisation => ({
    taxNumber: record.tax_number,
    name: record.name,
    ...(record.short_name !== undefined && { shortName: record.short_name }),
    ...(record.foreign_name !== undefined && { foreignName: record.foreign_name }),
    headOffice: record.head_office,
    foundedOn: record.founded_on,
    state: record.state,
    verified: record.verified,
    representatives: record.representatives,
  }));

/** The answer to `findOrganisation`: the record, or null for none. */
export const OrganisationAnswer = z.object({ organisation: OrganisationText.nullable() });

const Told = { cursor: z.string().min(1).max(200), occurred_at: z.iso.datetime({ offset: true }) };

const OrganisationChangeText = z
  .object({
    ...Told,
    kind: z.enum(['organisation_dissolved', 'organisation_restored', 'organisation_changed']),
    organisation: OrganisationText,
  })
  .transform((change): OrganisationChange => ({
    cursor: change.cursor,
    occurredAt: change.occurred_at,
    kind: change.kind,
    organisation: change.organisation,
  }));

const PersonChangeText = z
  .object({
    ...Told,
    kind: z.enum([
      'death',
      'card_issued',
      'card_expired',
      'card_withdrawn',
      'name_corrected',
      'birth_date_corrected',
      'number_reestablished',
      'residence_changed',
      'guardian_changed',
      'passport_expired',
      'passport_renewed',
      'residence_ended',
      'residence_extended',
    ]),
    national_id: NationalIdText,
    person: PersonText,
    new_national_id: NationalIdText.optional(),
  })
  .refine((change) => (change.kind === 'number_reestablished') === (change.new_national_id !== undefined))
  .transform((change): PersonChange => ({
    cursor: change.cursor,
    occurredAt: change.occurred_at,
    kind: change.kind,
    nationalId: change.national_id,
    person: change.person,
    ...(change.new_national_id && { newNationalId: change.new_national_id }),
  }));

/** The answer to `changes`: at-least-once, oldest first. */
export const ChangesAnswer = z.object({ changes: z.array(PersonChangeText.or(OrganisationChangeText)) });
