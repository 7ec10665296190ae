import { sendSmsCode, type SendSmsCodeOutcome } from '../authenticators/otp/send-sms-code.ts';
import { verifySmsCode, type SmsCodeOutcome, type VerifySmsCodeDeps } from '../authenticators/otp/verify-sms-code.ts';
import type { Locale } from '../http/locale.ts';
import { epochSeconds } from '../kernel/clock.ts';
import type { Sealed } from '../kernel/sealed.ts';
import { parsePhoneNumber } from '../registry/phone-number.ts';
import type { Keyring } from '../storage/keyring.ts';
import { activationStep } from './activation-step.policy.ts';
import { selectActivation, updateActivation, type ActivationKey } from './activation.store.ts';
import type { StartActivationDeps } from './start-activation.ts';

export interface ConfirmActivationDeps extends VerifySmsCodeDeps {
  readonly keyring: Keyring;
}

export type ConfirmActivationOutcome =
  { readonly kind: 'proven' } | Exclude<SmsCodeOutcome, { kind: 'verified' }> | { readonly kind: 'not_now' };

/**
 * Takes the code that proves the phone on record. A decoy answers every code as a wrong one, with the same limits.
 * `not_now`: the activation stands at another step.
 */
export async function confirmActivationCode(
  deps: ConfirmActivationDeps,
  key: ActivationKey,
  code: Sealed<string>,
): Promise<ConfirmActivationOutcome> {
  const activation = await selectActivation(deps, key);
  if (activation?.kind !== 'open' || activationStep(activation) !== 'code') return { kind: 'not_now' };
  const outcome = await verifySmsCode(deps, { transaction: key, who: { key: activation.counted } }, code);
  if (outcome.kind !== 'verified') return outcome;
  await updateActivation(deps, key, { ...activation, proofs: [outcome.proof] });
  return { kind: 'proven' };
}

/** Sends another code of this activation, or does as if. */
export async function resendActivationCode(
  deps: StartActivationDeps,
  key: ActivationKey,
  locale: Locale,
): Promise<SendSmsCodeOutcome | { readonly kind: 'not_now' }> {
  const activation = await selectActivation(deps, key);
  if (activation?.kind !== 'open' || activationStep(activation) !== 'code') return { kind: 'not_now' };
  const sent = await sendSmsCode(deps, {
    transaction: key,
    purpose: 'activate',
    who: { key: activation.counted },
    phone: parsePhoneNumber(activation.invitee?.reveal().phone ?? ''),
    locale,
  });
  if (sent.kind === 'sent') {
    const resendAtSeconds = epochSeconds(deps.clock.now()) + sent.resendAfterSeconds;
    await updateActivation(deps, key, { ...activation, resendAtSeconds });
  }
  return sent;
}
