import type { Registration } from './registration.ts';

export type RegistrationStep = 'declare' | 'code' | 'password' | 'done';

/** The first thing still missing. Also the guard: a form is taken only when it belongs to this step. */
export function registrationStep(registration: Registration | undefined): RegistrationStep {
  if (!registration) return 'declare';
  if (registration.kind === 'opened') return 'done';
  const isProven = registration.phoneProvenAtSeconds !== undefined && registration.newcomer !== undefined;
  return isProven ? 'password' : 'code';
}

/** Whether the page of `page` may be shown. After the end a new registration may be begun, as for the next in the family. */
export const mayShow = (page: RegistrationStep, step: RegistrationStep): boolean =>
  page === step || (page === 'declare' && step === 'done');
