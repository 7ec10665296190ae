import { verifySmsCode, type SmsCodeOutcome, type VerifySmsCodeDeps } from '../authenticators/otp/verify-sms-code.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import { registrationStep } from './registration-step.policy.ts';
import { selectRegistration, updateRegistration, type RegistrationKey } from './registration.store.ts';

export interface ConfirmCodeDeps extends VerifySmsCodeDeps {
  readonly keyring: Keyring;
}

export type ConfirmCodeOutcome =
  { readonly kind: 'proven' } | Exclude<SmsCodeOutcome, { kind: 'verified' }> | { readonly kind: 'not_now' };

/**
 * Takes the code that proves the phone. A decoy answers every code as a wrong one, with the same limits. `not_now`: the
 * registration stands at another step.
 */
export async function confirmRegistrationCode(
  deps: ConfirmCodeDeps,
  key: RegistrationKey,
  code: Sealed<string>,
): Promise<ConfirmCodeOutcome> {
  const registration = await selectRegistration(deps, key);
  if (registration?.kind !== 'open' || registrationStep(registration) !== 'code') return { kind: 'not_now' };
  const outcome = await verifySmsCode(deps, { transaction: key, who: { key: registration.counted } }, code);
  if (outcome.kind !== 'verified') return outcome;
  await updateRegistration(deps, key, { ...registration, phoneProvenAtSeconds: outcome.proof.atSeconds });
  return { kind: 'proven' };
}
