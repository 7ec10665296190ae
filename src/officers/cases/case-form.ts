import type { FieldError } from '../../http/page.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { parseNationalId, type NationalId } from '../../registry/national-id.ts';
import { parsePhoneNumber } from '../../registry/phone-number.ts';
import { parseScanned } from './card-qr.ts';
import type { CaseValues } from './cases.views.ts';
import type { Application } from './submit-case.ts';

export type CaseForm =
  | { readonly kind: 'complete'; readonly application: Application }
  | { readonly kind: 'malformed'; readonly errors: readonly FieldError[] };

/** As the matching station and the forms office print them. */
const REFERENCE = /^[\p{L}\d][\p{L}\d ./_-]{2,39}$/u;
const EMAIL = /^[^\s@"<>,;]+@[^\s@"<>,;]+\.[^\s@"<>,;]{2,}$/;
const EMAIL_LENGTH = 254;

/**
 * Reads the counter's form: every tick and reference must be there (Decree 69/2024 art. 10); without a card to see, the number
 * of the application for one. Names every fault found. Whether there is no card, the registry says when it is submitted.
 */
export function parseCaseForm(scanned: string, values: CaseValues): CaseForm {
  const read = parseScanned(scanned);
  const isWithGuardian = values.with_guardian === 'on';
  const guardian = isWithGuardian ? parseNationalId(values.guardian_number) : undefined;
  const phone = isWithGuardian ? undefined : parsePhoneNumber(values.phone);
  const email = values.email;
  const isWithoutCard = values.basis === 'card_application';
  const errors = [
    ...(isWithoutCard ? reference('card_application', values) : tick('card_seen', values)),
    ...reference('face_match', values),
    ...reference('fingerprint_match', values),
    ...tick('consent', values),
    ...reference('form_number', values),
    ...(isWithGuardian ? guardianFaults(guardian, values) : []),
    ...(isWithGuardian || phone ? [] : [fault('phone', values.phone === '')]),
    ...(email === '' || (email.length <= EMAIL_LENGTH && EMAIL.test(email)) ? [] : [fault('email', false)]),
  ];
  if (read.kind === 'malformed')
    return { kind: 'malformed', errors: [{ code: 'scanned_malformed', field: 'scanned' }] };
  if (errors.length > 0) return { kind: 'malformed', errors };
  const checks = {
    faceMatch: values.face_match,
    fingerprintMatch: values.fingerprint_match,
    formNumber: values.form_number,
    ...(isWithoutCard && { cardApplication: values.card_application }),
  };
  return {
    kind: 'complete',
    application: {
      nationalId: read.nationalId,
      card: read.kind === 'card' ? read.card : undefined,
      phone,
      ...(guardian && { guardian }),
      email: email === '' ? undefined : new Sealed(email),
      checks: new Sealed(checks),
    },
  };
}

const guardianFaults = (guardian: NationalId | undefined, values: CaseValues): FieldError[] => [
  ...(guardian ? [] : [fault('guardian_number', values.guardian_number === '')]),
  ...tick('guardian_seen', values),
];
const fault = (field: string, missing: boolean): FieldError => ({
  code: `${field}_${missing ? 'missing' : 'malformed'}`,
  field,
});
const tick = (name: 'card_seen' | 'consent' | 'guardian_seen', values: CaseValues): FieldError[] =>
  values[name] === 'on' ? [] : [fault(name, true)];
const reference = (
  name: 'face_match' | 'fingerprint_match' | 'form_number' | 'card_application',
  values: CaseValues,
): FieldError[] => (REFERENCE.test(values[name]) ? [] : [fault(name, values[name] === '')]);
