import type { FieldError } from '../http/page.ts';
import { RequestError } from '../http/request-error.ts';
import { unreachable } from '../kernel/unreachable.ts';
import type { Refusal } from './show-step.routes.ts';

/** Everything a form of this door can be refused with. */
export type Refused =
  | { readonly kind: 'missing' | 'malformed' | 'rejected' | 'expired' | 'exhausted' | 'unavailable' | 'step_up' }
  | { readonly kind: 'locked' | 'too_many'; readonly until: Date }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

export type FormName = 'password' | 'code' | 'passkey' | 'second_factor';

/** Wrong number and wrong password say the same thing. */
const REJECTED: Record<FormName, string> = {
  password: 'sign_in_rejected',
  code: 'code_rejected',
  passkey: 'passkey_rejected',
  second_factor: 'factor_unknown',
};

/** The error beside the field, with its status. What concerns the house and not the person is thrown as RequestError. */
export function refusalOf(refused: Refused, form: FormName): Refusal {
  const hasField = form === 'password' || form === 'code';
  const beside = (code: string, values?: FieldError['values']): FieldError[] => [
    { code, ...(hasField && { field: form }), ...(values && { values }) },
  ];
  switch (refused.kind) {
    case 'missing':
    case 'malformed':
    case 'expired':
      return { errors: beside(`${form}_${refused.kind}`), status: 400 };
    case 'rejected':
      return { errors: beside(REJECTED[form]), status: 400 };
    case 'step_up':
      return { errors: beside('passkey_rejected'), status: 403 };
    case 'exhausted':
      return { errors: beside('authenticator_exhausted'), status: 403 };
    case 'locked':
      return { errors: beside('locked_until', { until: refused.until }), status: 429, lockedUntil: refused.until };
    case 'too_many':
      return { errors: beside('resend_too_many', { until: refused.until }), status: 429 };
    case 'unavailable':
      if (form === 'second_factor') return { errors: beside('delivery_unavailable'), status: 503 };
      throw new RequestError('unavailable');
    case 'busy':
      throw new RequestError('busy', refused.retryAfterSeconds);
    default:
      return unreachable(refused);
  }
}
