import type { Authenticator } from '../assurance/proof.ts';
import type { Activation } from './activation.ts';

export type ActivationStep = 'number' | 'code' | 'password' | 'factor' | 'done';

/** The first thing still missing. Also the guard: a form is taken only when it belongs to this step. */
export function activationStep(activation: Activation | undefined): ActivationStep {
  if (!activation) return 'number';
  if (activation.kind === 'activated') return 'done';
  const has = (by: Authenticator) => activation.proofs.some((proof) => proof.by === by);
  if (!activation.invitee || !has('sms_code')) return 'code';
  return has('password') ? 'factor' : 'password';
}

/** Whether the page of `page` may be shown. After the end another person of the family may begin. */
export const mayShowActivation = (page: ActivationStep, step: ActivationStep): boolean =>
  page === step || (page === 'number' && step === 'done');
