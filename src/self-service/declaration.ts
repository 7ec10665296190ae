import { isOldEnough } from '../accounts/entitlement.policy.ts';
import type { FieldError } from '../http/page.ts';
import { parseNationalId } from '../registry/national-id.ts';
import { parsePhoneNumber, type PhoneNumber } from '../registry/phone-number.ts';
import type { DeclaredPerson } from '../registry/population-registry.ts';
import type { RegisterValues } from './self-service.views.ts';
import { parseTypedDate, type TypedDate } from './typed-date.ts';
import { dayInHanoi } from '../kernel/day.ts';

/** What a newcomer says about themselves. */
export interface Declaration {
  readonly person: DeclaredPerson;
  readonly phone: PhoneNumber;
}

export type DeclarationOutcome =
  | { readonly kind: 'parsed'; readonly declaration: Declaration }
  | { readonly kind: 'malformed'; readonly errors: readonly FieldError[] };

const NAME_LENGTH = 120;
/** Letters with their marks, blanks, and the apostrophes and dashes of names of the highlands and abroad. */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M} '’ʼ.\-‐‑–]*$/u;

/**
 * Reads the form. Every fault found is named, and each is about what was typed alone: also the age, which is the
 * visitor's own word and says nothing about anybody on record.
 */
export function parseDeclaration(values: RegisterValues, now: Date): DeclarationOutcome {
  const today = dayInHanoi(now);
  const nationalId = parseNationalId(values.national_id);
  const fullName = values.full_name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const birth = parseTypedDate(
    { day: values.birth_day, month: values.birth_month, year: values.birth_year },
    today,
    true,
  );
  const issued = parseTypedDate(
    { day: values.issued_day, month: values.issued_month, year: values.issued_year },
    today,
  );
  const phone = parsePhoneNumber(values.phone);
  const errors = [
    ...(nationalId ? [] : [fault('national_id', values.national_id === '')]),
    ...(isName(fullName) ? [] : [fault('full_name', fullName === '')]),
    ...birthFaults(birth, now),
    ...(issued.kind === 'date' ? [] : [fault('card_issued_on', issued.kind === 'missing')]),
    ...(phone ? [] : [fault('phone', values.phone === '')]),
  ];
  if (errors.length > 0 || !nationalId || !phone || birth.kind !== 'date' || issued.kind !== 'date') {
    return { kind: 'malformed', errors };
  }
  const person = { nationalId, fullName, birthDate: birth.iso, cardIssuedOn: issued.iso };
  return { kind: 'parsed', declaration: { person, phone } };
}

const fault = (field: string, missing: boolean): FieldError => ({
  code: `${field}_${missing ? 'missing' : 'malformed'}`,
  field,
});

const isName = (text: string): boolean => text.length <= NAME_LENGTH && NAME.test(text);

function birthFaults(birth: TypedDate, now: Date): FieldError[] {
  if (birth.kind !== 'date') return [fault('birth_date', birth.kind === 'missing')];
  return isOldEnough(birth.iso, now) ? [] : [{ code: 'too_young', field: 'birth_date' }];
}
