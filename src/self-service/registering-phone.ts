import { parsePhoneNumber, type PhoneNumber } from '../registry/phone-number.ts';
import type { OpenRegistration } from './registration.ts';

/** The phone that was typed; what is kept was parsed before. */
export function phoneOf(registration: OpenRegistration): PhoneNumber {
  const phone = parsePhoneNumber(registration.typed.reveal().phone);
  if (!phone) throw new Error('a registration keeps a phone that is none');
  return phone;
}
