import { z } from 'zod';

const national_id = z.string().regex(/^\d{12}$/);
const day = z.iso.date();
const text = z.string().trim().min(1).max(300);

/** What the sandbox can make happen to a person, in the words of the registry's feed. */
const PersonHappening = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('death'), national_id, deceased_on: day.optional() }),
  z.strictObject({
    kind: z.literal('card_issued'),
    national_id,
    issued_on: day.optional(),
    expires_on: day.optional(),
  }),
  z.strictObject({ kind: z.literal('card_expired'), national_id }),
  /** `held`: taken for a time (Law 26/2023 art. 29), not for good. */
  z.strictObject({ kind: z.literal('card_withdrawn'), national_id, held: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('name_corrected'), national_id, full_name: text }),
  z.strictObject({
    kind: z.literal('birth_date_corrected'),
    national_id,
    birth_date: day.or(z.string().regex(/^\d{4}$/)),
  }),
  z.strictObject({ kind: z.literal('number_reestablished'), national_id, new_national_id: national_id.optional() }),
  z.strictObject({
    kind: z.literal('residence_changed'),
    national_id,
    address: z.strictObject({ detail: text, ward: text, province: text }),
  }),
  z.strictObject({
    kind: z.literal('guardian_changed'),
    national_id,
    guardian: national_id.nullable(),
    ward: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('passport_expired'), national_id }),
  z.strictObject({ kind: z.literal('passport_renewed'), national_id, number: text.optional(), expires_on: day }),
  z.strictObject({ kind: z.literal('residence_ended'), national_id }),
  z.strictObject({ kind: z.literal('residence_extended'), national_id, expires_on: day }),
]);
export type PersonHappening = z.infer<typeof PersonHappening>;

const tax_number = z.string().regex(/^\d{10}(-\d{3})?$/);

/** And to an organisation. */
const OrganisationHappening = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('organisation_dissolved'), tax_number, dissolved_on: day.optional() }),
  z.strictObject({ kind: z.literal('organisation_restored'), tax_number }),
  z.strictObject({
    kind: z.literal('organisation_changed'),
    tax_number,
    name: text.optional(),
    head_office: text.optional(),
    representatives: z.array(national_id).max(50).optional(),
  }),
]);
export type OrganisationHappening = z.infer<typeof OrganisationHappening>;

export const Happening = z.discriminatedUnion('kind', [PersonHappening, OrganisationHappening]);
export type Happening = z.infer<typeof Happening>;
