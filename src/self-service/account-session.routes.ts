import type { Context } from 'koa';
import type { Acr } from '../assurance/assurance-level.ts';
import type { FindAccountDeps } from '../accounts/find-account.ts';
import type { Enrolled } from '../authenticators/enrolled.ts';
import { page } from '../http/page.ts';
import { open, type Route } from '../http/route.ts';
import { query } from '../http/serve-routes.ts';
import { randomToken } from '../kernel/random.ts';
import { doorCookie, seeOther } from './door-cookie.routes.ts';
import { findVisitor, type SessionFacts, type Visitor, type VisitorOutcome } from './find-visitor.ts';
import { stepUpNeed } from './step-up.policy.ts';

export interface AccountSessionDeps extends FindAccountDeps {
  readonly issuer: string;
  readonly sessions: { current(ctx: Context): Promise<SessionFacts | undefined> };
}

/** A route of the account pages: like any other, but `handle` is given the holder, and nobody else comes in. */
export interface AccountRoute extends Omit<Route, 'guard' | 'handle'> {
  readonly handle: (ctx: Context, visitor: Visitor) => Promise<void> | void;
}

export interface AccountSession {
  /** Guards a route; whoever is not signed in is sent to sign in, and back to the page they wanted. */
  route(route: AccountRoute): Route;
  /** Sends the holder to sign in again, at the highest factor held, and back to `wanted`, a page of ours. */
  stepUp(ctx: Context, visitor: Visitor, enrolled: Enrolled, wanted: string): void;
  readonly routes: readonly Route[];
}

/** The reasons `/account/signed-out` can give. */
export const SIGNED_OUT_WHY = [
  'not_signed_in',
  'everywhere',
  'password_changed',
  'passkey_removed',
  'totp_removed',
] as const;
export type SignedOutWhy = (typeof SIGNED_OUT_WHY)[number];

const SIGNED_IN = '/account/signed-in';
const SIGNED_OUT = '/account/signed-out';
/** As long as a sign-in may take. */
const AWAY_SECONDS = 15 * 60;
/** Long enough to come back from a sign-in and see that it was not enough. */
const STEPPED_SECONDS = 2 * 60;
/** Not older than this for a change of factors (login.gov). */
const FRESH_SECONDS = 20 * 60;
/** A page of the account, and nothing that a browser could read as another place. */
const OWN_PAGE = /^\/account(\/[a-z-]+)*(\?[\w=&%.-]*)?$/;

/** Signing in to the account pages, by the built-in portal `account` (OAuth 2.0 Multiple Response Types, `none`). */
export function accountSession(deps: AccountSessionDeps): AccountSession {
  const away = doorCookie(deps.issuer, 'account-away', AWAY_SECONDS);
  const stepped = doorCookie(deps.issuer, 'account-stepped', STEPPED_SECONDS);

  function leaveToSignIn(ctx: Context, wanted: string, asked: { acr: Acr; again: boolean }): void {
    const state = randomToken(16);
    away.set(ctx, `${state}.${asked.again ? 1 : 0}.${Buffer.from(wanted).toString('base64url')}`);
    const parameters = new URLSearchParams({
      client_id: 'account',
      response_type: 'none',
      scope: 'openid',
      redirect_uri: `${deps.issuer}${SIGNED_IN}`,
      acr_values: asked.acr,
      state,
      ...(asked.again && { prompt: 'login', max_age: String(FRESH_SECONDS) }),
    });
    seeOther(ctx, `/auth?${parameters.toString()}`);
  }

  async function comeBack(ctx: Context): Promise<void> {
    const [state, again, wanted = ''] = (away.get(ctx) ?? '').split('.');
    away.clear(ctx);
    const wantedPage = Buffer.from(wanted, 'base64url').toString();
    const isOurs = state !== undefined && state !== '' && query(ctx, 'state') === state && OWN_PAGE.test(wantedPage);
    const outcome = await findVisitor(deps, await deps.sessions.current(ctx));
    // Never straight back to sign in: without cookies that would go round for ever.
    if (outcome.kind !== 'visitor') return seeOther(ctx, `${SIGNED_OUT}?why=not_signed_in`);
    if (!isOurs || query(ctx, 'error') !== undefined) return seeOther(ctx, '/account');
    if (again === '1') stepped.set(ctx, wanted);
    seeOther(ctx, wantedPage);
  }

  function showSignedOut(ctx: Context): void {
    const asked = query(ctx, 'why');
    const why = SIGNED_OUT_WHY.find((reason) => reason === asked) ?? 'not_signed_in';
    page(ctx, 'self-service/signed-out', { why });
  }

  return {
    route: ({ handle, ...route }) => ({
      ...route,
      guard: async (ctx) => {
        ctx.state['visitor'] = await findVisitor(deps, await deps.sessions.current(ctx));
      },
      handle: (ctx) => {
        const outcome = ctx.state['visitor'] as VisitorOutcome;
        if (outcome.kind === 'visitor') return handle(ctx, outcome.visitor);
        const wanted = route.method === 'GET' && OWN_PAGE.test(ctx.url) ? ctx.url : '/account';
        leaveToSignIn(ctx, wanted, { acr: 'LoA1', again: outcome.kind === 'outdated' });
      },
    }),
    stepUp(ctx, visitor, enrolled, wanted) {
      const held = { totp: enrolled.totp !== undefined, passkey: enrolled.passkeys.length > 0 };
      const need = stepUpNeed(visitor.level, held);
      const isBack = stepped.get(ctx) === Buffer.from(wanted).toString('base64url');
      stepped.clear(ctx);
      // They signed in again just now, and by another way than the one it takes: say so, instead of going round.
      if (isBack) return page(ctx, 'self-service/step-up', { by: need.by, continueUrl: wanted }, 403);
      leaveToSignIn(ctx, wanted, { acr: need.acr, again: true });
    },
    routes: [
      { method: 'GET', path: SIGNED_IN, guard: open, handle: comeBack },
      { method: 'GET', path: SIGNED_OUT, guard: open, handle: showSignedOut },
    ],
  };
}

/** Where the browser goes once its own session ended with what was just done. */
export const signedOutPage = (why: SignedOutWhy): string => `${SIGNED_OUT}?why=${why}`;
