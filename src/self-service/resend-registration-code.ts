import { sendSmsCode, type SendSmsCodeDeps, type SendSmsCodeOutcome } from '../authenticators/otp/send-sms-code.ts';
import type { Locale } from '../http/locale.ts';
import { epochSeconds } from '../kernel/clock.ts';
import type { Keyring } from '../storage/keyring.ts';
import { phoneOf } from './registering-phone.ts';
import { registrationStep } from './registration-step.policy.ts';
import { selectRegistration, updateRegistration, type RegistrationKey } from './registration.store.ts';

export interface ResendDeps extends SendSmsCodeDeps {
  readonly keyring: Keyring;
}

/** Sends another code of this registration, or does as if. `not_now`: the registration stands at another step. */
export async function resendRegistrationCode(
  deps: ResendDeps,
  key: RegistrationKey,
  locale: Locale,
): Promise<SendSmsCodeOutcome | { readonly kind: 'not_now' }> {
  const registration = await selectRegistration(deps, key);
  if (registration?.kind !== 'open' || registrationStep(registration) !== 'code') return { kind: 'not_now' };
  const sent = await sendSmsCode(deps, {
    transaction: key,
    purpose: 'register',
    who: { key: registration.counted },
    phone: registration.newcomer && phoneOf(registration),
    locale,
  });
  if (sent.kind === 'sent') {
    const resendAtSeconds = epochSeconds(deps.clock.now()) + sent.resendAfterSeconds;
    await updateRegistration(deps, key, { ...registration, resendAtSeconds });
  }
  return sent;
}
