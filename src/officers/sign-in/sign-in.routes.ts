import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import { open, type Route } from '../../http/route.ts';
import { query } from '../../http/serve-routes.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { askOfficerPasskey } from './ask-officer-passkey.ts';
import { browserOf, parseCredential } from './browser-of.routes.ts';
import { officerCookie, seeOther } from './officer-cookie.routes.ts';
import { doorOf, type OfficerDoorDeps } from './officer-door.routes.ts';
import { atConsole, signedIn } from './officer-guard.routes.ts';
import { returnAddress } from './return-address.policy.ts';
import { sessionKeyOf } from './officer-session.store.ts';
import { reauthenticateOfficer, signInOfficer, type OfficerSignInOutcome } from './sign-in-officer.ts';
import { signOutOfficer } from './sign-out-officer.ts';
import type { OfficerSignInModel } from './sign-in.views.ts';
import type { VerifyOfficerDeps } from './verify-officer-passkey.ts';

export type OfficerSignInDeps = OfficerDoorDeps & VerifyOfficerDeps;

const SIGN_IN = '/console/sign-in';
const AGAIN = '/console/re-authenticate';
/** By address: a whole office begins its day behind one. A passkey cannot be guessed. */
const LIMIT = { points: 300, seconds: 60 } as const;
const REJECTED = 422;

/** How officers come in, show their passkey again, and leave. */
export function officerSignInRoutes(deps: OfficerSignInDeps): readonly Route[] {
  const cookie = officerCookie(deps.issuer);

  async function showSignIn(ctx: Context, to: string, errors?: readonly FieldError[], status = 200): Promise<void> {
    const passkey = await askOfficerPasskey(deps, browserOf(ctx));
    const signedOut = ctx.method === 'GET' && query(ctx, 'signed-out') !== undefined;
    const model: OfficerSignInModel = { passkey, to, signedOut, ...(errors && { errors }) };
    page(ctx, 'console/sign-in/sign-in', model, status);
  }

  async function showAgain(ctx: Context, to: string, errors?: readonly FieldError[], status = 200): Promise<void> {
    const passkey = await askOfficerPasskey(deps, browserOf(ctx), atConsole(ctx).officer.officerId);
    page(ctx, 'console/sign-in/re-authenticate', { passkey, to, ...(errors && { errors }) }, status);
  }

  async function goOn(ctx: Context, outcome: OfficerSignInOutcome, show: typeof showSignIn): Promise<void> {
    const to = returnAddress(field(ctx, 'to'));
    switch (outcome.kind) {
      case 'signed_in':
        cookie.set(ctx, outcome.token);
        return seeOther(ctx, to);
      case 'rejected':
        return show(ctx, to, [{ code: 'officer_passkey_rejected' }], REJECTED);
      case 'expired':
        return show(ctx, to, [{ code: 'officer_passkey_expired' }], REJECTED);
      case 'unavailable':
        throw new RequestError('unavailable');
      default:
        return unreachable(outcome);
    }
  }

  return [
    {
      method: 'GET',
      path: SIGN_IN,
      guard: open,
      limit: LIMIT,
      handle: async (ctx) => {
        const to = returnAddress(query(ctx, 'to'));
        if (await doorOf(ctx).find(ctx)) return seeOther(ctx, to);
        await showSignIn(ctx, to);
      },
    },
    {
      method: 'POST',
      path: SIGN_IN,
      guard: open,
      limit: LIMIT,
      fields: ['credential', 'to'],
      handle: async (ctx) => {
        const response = parseCredential(field(ctx, 'credential'));
        const before = sessionKeyOf(cookie.get(ctx));
        await goOn(ctx, await signInOfficer(deps, browserOf(ctx), response, before), showSignIn);
      },
    },
    {
      method: 'GET',
      path: AGAIN,
      guard: signedIn,
      handle: (ctx) => showAgain(ctx, returnAddress(query(ctx, 'to'))),
    },
    {
      method: 'POST',
      path: AGAIN,
      guard: signedIn,
      limit: LIMIT,
      fields: ['credential', 'to'],
      handle: async (ctx) => {
        const { officer, session } = atConsole(ctx);
        const response = parseCredential(field(ctx, 'credential'));
        const current = { ...session, officerId: officer.officerId };
        await goOn(ctx, await reauthenticateOfficer(deps, browserOf(ctx), current, response), showAgain);
      },
    },
    {
      method: 'POST',
      path: '/console/sign-out',
      guard: signedIn,
      fields: [],
      handle: async (ctx) => {
        await signOutOfficer(deps, atConsole(ctx));
        cookie.clear(ctx);
        seeOther(ctx, `${SIGN_IN}?signed-out=1`);
      },
    },
  ];
}
