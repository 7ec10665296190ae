import type { Context } from 'koa';
import { listAuthenticators } from '../authenticators/list-authenticators.ts';
import { removeAuthenticator, type Removable } from '../authenticators/remove-authenticator.ts';
import { requireFreshFactor } from '../authenticators/require-fresh-factor.ts';
import { field, sealedField } from '../http/form.ts';
import { page, type FieldError } from '../http/page.ts';
import type { Route } from '../http/route.ts';
import { query } from '../http/serve-routes.ts';
import { unreachable } from '../kernel/unreachable.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import { endSessions, type EndSessionsDeps } from '../provider/end-sessions.ts';
import { signedOutPage, type AccountSession } from './account-session.routes.ts';
import { changePassword, type ChangePasswordDeps } from './change-password.ts';
import { seeOther } from './door-cookie.routes.ts';
import type { Visitor } from './find-visitor.ts';
import { MALFORMED } from './register-pages.routes.ts';
import type { AuthenticatorsModel, ConfirmRemoveModel } from './self-service.views.ts';

export type AuthenticatorsDeps = ChangePasswordDeps &
  Omit<EndSessionsDeps, 'db' | 'directory'> & { readonly portals: Pick<PortalDirectory, 'find'> };

const DONE = ['passkey_added', 'totp_added'] as const;
const LIST = '/account/authenticators';
const PASSWORD = '/account/password';
const TRY = { points: 60, seconds: 60 * 60 } as const;

/** What the holder signs in with: the list, removing, and the password. Adding is in enrolment.routes. */
export function authenticatorsRoutes(deps: AuthenticatorsDeps, session: AccountSession): readonly Route[] {
  const stepUp = async (ctx: Context, visitor: Visitor, wanted: string) =>
    session.stepUp(ctx, visitor, await listAuthenticators(deps, visitor.subject), wanted);

  async function showList(ctx: Context, { subject }: Visitor): Promise<void> {
    const asked = query(ctx, 'done');
    const done = DONE.find((name) => name === asked);
    const model: AuthenticatorsModel = { ...(await listAuthenticators(deps, subject)), ...(done && { done }) };
    page(ctx, 'self-service/authenticators', model);
  }

  /** Asks first; whoever did not show the highest factor lately is sent to do so before the question, not after it. */
  async function askRemove(ctx: Context, visitor: Visitor, which: Removable): Promise<void> {
    const fresh = await requireFreshFactor(deps, visitor.change);
    if (fresh.kind === 'step_up') return stepUp(ctx, visitor, pageOf(which));
    const model = confirmModel(fresh.enrolled, which);
    if (!model) return seeOther(ctx, LIST);
    page(ctx, 'self-service/confirm-remove', model);
  }

  async function remove(ctx: Context, visitor: Visitor, which: Removable): Promise<void> {
    const model = confirmModel(await listAuthenticators(deps, visitor.subject), which);
    const outcome = await removeAuthenticator(deps, visitor.change, which);
    switch (outcome.kind) {
      case 'removed':
        await endSessions({ ...deps, directory: deps.portals }, visitor.subject);
        return seeOther(ctx, signedOutPage(`${which.kind}_removed`));
      case 'needed':
        if (!model) return seeOther(ctx, LIST);
        return page(ctx, 'self-service/confirm-remove', { ...model, refused: 'last_factor' }, 409);
      case 'not_found':
        return seeOther(ctx, LIST);
      case 'step_up':
        return stepUp(ctx, visitor, pageOf(which));
      default:
        return unreachable(outcome);
    }
  }

  const showPassword = (ctx: Context, errors?: readonly FieldError[], status = 200) =>
    page(ctx, 'self-service/change-password', errors ? { errors } : {}, status);

  async function askPassword(ctx: Context, visitor: Visitor): Promise<void> {
    const fresh = await requireFreshFactor(deps, visitor.change);
    if (fresh.kind === 'step_up') return stepUp(ctx, visitor, PASSWORD);
    showPassword(ctx);
  }

  async function takePassword(ctx: Context, visitor: Visitor): Promise<void> {
    const outcome = await changePassword(deps, visitor, sealedField(ctx, 'password'));
    switch (outcome.kind) {
      case 'changed':
        await endSessions({ ...deps, directory: deps.portals }, visitor.subject);
        return seeOther(ctx, signedOutPage('password_changed'));
      case 'refused':
        return showPassword(ctx, [{ code: `password_${outcome.reason}`, field: 'password' }], MALFORMED);
      case 'busy':
        ctx.set('retry-after', String(outcome.retryAfterSeconds));
        return showPassword(ctx, [{ code: 'busy', values: { seconds: outcome.retryAfterSeconds } }], 503);
      case 'step_up':
        return stepUp(ctx, visitor, PASSWORD);
      default:
        return unreachable(outcome);
    }
  }

  const passkey = (credentialId: string): Removable => ({ kind: 'passkey', credentialId });
  const get = (path: string, handle: (ctx: Context, visitor: Visitor) => Promise<void>) =>
    session.route({ method: 'GET', path, handle });
  const post = (path: string, fields: readonly string[], handle: (ctx: Context, visitor: Visitor) => Promise<void>) =>
    session.route({ method: 'POST', path, fields, limit: TRY, handle });
  return [
    get(LIST, showList),
    get('/account/passkey/remove', (ctx, visitor) => askRemove(ctx, visitor, passkey(query(ctx, 'id') ?? ''))),
    post('/account/passkey/remove', ['id'], (ctx, visitor) => remove(ctx, visitor, passkey(field(ctx, 'id')))),
    get('/account/totp/remove', (ctx, visitor) => askRemove(ctx, visitor, { kind: 'totp' })),
    post('/account/totp/remove', [], (ctx, visitor) => remove(ctx, visitor, { kind: 'totp' })),
    get(PASSWORD, askPassword),
    post(PASSWORD, ['password'], takePassword),
  ];
}

const pageOf = (which: Removable): string =>
  which.kind === 'totp'
    ? '/account/totp/remove'
    : `/account/passkey/remove?id=${encodeURIComponent(which.credentialId)}`;

/** What would be removed, by the name the holder gave it; undefined when they have no such thing. */
function confirmModel(
  enrolled: Pick<AuthenticatorsModel, 'totp' | 'passkeys'>,
  which: Removable,
): ConfirmRemoveModel | undefined {
  if (which.kind === 'totp') return enrolled.totp && { kind: 'totp' };
  const found = enrolled.passkeys.find(({ credentialId }) => credentialId === which.credentialId);
  return found && { kind: 'passkey', credentialId: found.credentialId, name: found.name };
}
