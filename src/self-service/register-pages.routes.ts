import type { Context } from 'koa';
import { page, type FieldError } from '../http/page.ts';
import { epochSeconds } from '../kernel/clock.ts';
import { maskNationalId, parseNationalId } from '../registry/national-id.ts';
import { maskPhoneNumber } from '../registry/phone-number.ts';
import { phoneOf } from './registering-phone.ts';
import type { OpenRegistration } from './registration.ts';
import type { RegisterValues } from './self-service.views.ts';

/** Something was wrong with a form: the page comes back with it. */
export interface Refused {
  readonly error: FieldError;
  readonly status: number;
}

/** What the first form sends. */
export const FIELDS: readonly (keyof RegisterValues)[] = [
  'national_id',
  'full_name',
  'birth_day',
  'birth_month',
  'birth_year',
  'issued_day',
  'issued_month',
  'issued_year',
  'phone',
];

/** A form with something wrong in it: nothing was done. */
export const MALFORMED = 400;

/** The page of the code. It says the same whether one was sent or not. */
export function showCode(ctx: Context, registration: OpenRegistration, now: Date, refused?: Refused): void {
  const model = {
    maskedPhone: maskPhoneNumber(phoneOf(registration)),
    resendAfterSeconds: Math.max(0, registration.resendAtSeconds - epochSeconds(now)),
    ...(refused && { errors: [refused.error] }),
  };
  page(ctx, 'self-service/register-code', model, refused?.status);
}

/** The page of the password, for whoever proved the phone. */
export function showPassword(ctx: Context, registration: OpenRegistration, _now: Date, refused?: Refused): void {
  const nationalId = parseNationalId(registration.typed.reveal().nationalId);
  if (!nationalId) throw new Error('a registration keeps a number that is none');
  const model = { maskedNationalId: maskNationalId(nationalId), ...(refused && { errors: [refused.error] }) };
  page(ctx, 'self-service/register-password', model, refused?.status);
}
