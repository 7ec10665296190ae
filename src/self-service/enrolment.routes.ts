import { addFactor } from '../authenticators/add-factor.ts';
import type { Context } from 'koa';
import { listAuthenticators } from '../authenticators/list-authenticators.ts';
import { beginTotpEnrolment, type BeginTotpEnrolmentDeps } from '../authenticators/otp/begin-totp-enrolment.ts';
import { confirmTotpEnrolment } from '../authenticators/otp/confirm-totp-enrolment.ts';
import {
  beginPasskeyEnrolment,
  type BeginPasskeyEnrolmentDeps,
} from '../authenticators/webauthn/begin-passkey-enrolment.ts';
import { finishPasskeyEnrolment } from '../authenticators/webauthn/finish-passkey-enrolment.ts';
import { field, sealedField } from '../http/form.ts';
import { localeOf, page, type FieldError } from '../http/page.ts';
import type { Route } from '../http/route.ts';
import type { Texts } from '../http/texts.ts';
import { unreachable } from '../kernel/unreachable.ts';
import type { AccountSession } from './account-session.routes.ts';
import { seeOther } from './door-cookie.routes.ts';
import type { Visitor } from './find-visitor.ts';
import { MALFORMED } from './register-pages.routes.ts';

export type EnrolmentDeps = BeginTotpEnrolmentDeps & BeginPasskeyEnrolmentDeps & { readonly texts: Texts };

const LIST = '/account/authenticators';
const PASSKEY = '/account/passkey/add';
const TOTP = '/account/totp/add';
const NAME_LENGTH = 60;
const TRY = { points: 60, seconds: 60 * 60 } as const;

/** Adding a passkey or an authenticator app. Both ask for a fresh sign-in at the highest factor held, before and after. */
export function enrolmentRoutes(deps: EnrolmentDeps, session: AccountSession): readonly Route[] {
  const stepUp = async (ctx: Context, visitor: Visitor, wanted: string) =>
    session.stepUp(ctx, visitor, await listAuthenticators(deps, visitor.subject), wanted);
  /** What the device or the app lists the account under. */
  const labelOf = ({ account }: Visitor) => account.personal.reveal().fullName;

  async function showPasskey(ctx: Context, visitor: Visitor, error?: FieldError): Promise<void> {
    const begun = await beginPasskeyEnrolment(deps, visitor.change, labelOf(visitor));
    if (begun.kind === 'step_up') return stepUp(ctx, visitor, PASSKEY);
    if (begun.kind === 'too_many') return showTooMany(ctx, visitor);
    const model = { passkey: begun.options, ...(error && { errors: [error] }) };
    page(ctx, 'self-service/add-passkey', model, error ? MALFORMED : 200);
  }

  async function showTooMany(ctx: Context, { subject }: Visitor): Promise<void> {
    const errors = [{ code: 'passkey_too_many' }];
    page(ctx, 'self-service/authenticators', { ...(await listAuthenticators(deps, subject)), errors }, 409);
  }

  async function takePasskey(ctx: Context, visitor: Visitor): Promise<void> {
    const typed = field(ctx, 'name');
    if (typed.length > NAME_LENGTH) return showPasskey(ctx, visitor, { code: 'passkey_name_malformed', field: 'name' });
    const name = typed || deps.texts(localeOf(ctx), 'passkey.section');
    const response = parseJson(sealedField(ctx, 'credential').reveal());
    const outcome = await addFactor(deps.db, visitor.subject, 'passkey_added', (db) =>
      finishPasskeyEnrolment({ ...deps, db }, visitor.change, response, name),
    );
    switch (outcome.kind) {
      case 'enrolled':
        return seeOther(ctx, `${LIST}?done=passkey_added`);
      case 'rejected':
        return showPasskey(ctx, visitor, { code: 'passkey_not_added' });
      case 'expired':
        return showPasskey(ctx, visitor, { code: 'enrolment_expired' });
      case 'step_up':
        return stepUp(ctx, visitor, PASSKEY);
      default:
        return unreachable(outcome);
    }
  }

  async function showTotp(ctx: Context, visitor: Visitor, error?: FieldError): Promise<void> {
    const begun = await beginTotpEnrolment(deps, visitor.change, labelOf(visitor));
    if (begun.kind === 'step_up') return stepUp(ctx, visitor, TOTP);
    const model = { secret: begun.secret.reveal(), uri: begun.uri.reveal(), ...(error && { errors: [error] }) };
    page(ctx, 'self-service/add-totp', model, error ? MALFORMED : 200);
  }

  async function takeTotp(ctx: Context, visitor: Visitor): Promise<void> {
    const outcome = await addFactor(deps.db, visitor.subject, 'totp_added', (db) =>
      confirmTotpEnrolment({ ...deps, db }, visitor.change, sealedField(ctx, 'code')),
    );
    switch (outcome.kind) {
      case 'enrolled':
        return seeOther(ctx, `${LIST}?done=totp_added`);
      case 'rejected':
        return showTotp(ctx, visitor, { code: 'code_rejected', field: 'code' });
      case 'expired':
        return showTotp(ctx, visitor, { code: 'enrolment_expired' });
      case 'step_up':
        return stepUp(ctx, visitor, TOTP);
      default:
        return unreachable(outcome);
    }
  }

  return [
    session.route({ method: 'GET', path: PASSKEY, handle: (ctx, visitor) => showPasskey(ctx, visitor) }),
    session.route({ method: 'POST', path: PASSKEY, fields: ['credential', 'name'], limit: TRY, handle: takePasskey }),
    session.route({ method: 'GET', path: TOTP, handle: (ctx, visitor) => showTotp(ctx, visitor) }),
    session.route({ method: 'POST', path: TOTP, fields: ['code'], limit: TRY, handle: takeTotp }),
  ];
}

/** What the device answered; undefined for what is no JSON, which is refused like any other wrong answer. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
