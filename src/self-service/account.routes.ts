import type { Context } from 'koa';
import { listAccountEvents } from '../audit/list-account-events.ts';
import { listAuthenticators } from '../authenticators/list-authenticators.ts';
import { page } from '../http/page.ts';
import type { Route } from '../http/route.ts';
import { query } from '../http/serve-routes.ts';
import type { PortalId } from '../kernel/ids.ts';
import { listConsents } from '../portals/list-consents.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import { endSessions, type EndSessionsDeps } from '../provider/end-sessions.ts';
import { maskNationalId, parseNationalId } from '../registry/national-id.ts';
import { signedOutPage, type AccountSession } from './account-session.routes.ts';
import { consentLines } from './consent-lines.ts';
import { seeOther } from './door-cookie.routes.ts';
import type { Visitor } from './find-visitor.ts';
import { historyDays, SHOWN_KINDS } from './history.ts';
import { signOutEverywhere } from './sign-out-everywhere.ts';

export interface AccountDeps extends Omit<EndSessionsDeps, 'db' | 'directory'> {
  readonly db: Parameters<typeof signOutEverywhere>[0]['db'];
  readonly portals: Pick<PortalDirectory, 'find'>;
}

const HISTORY_PAGE = 40;
/** As our own links write it: years that JavaScript knows and PostgreSQL does not stay outside. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z$/;
const TRY = { points: 60, seconds: 60 * 60 } as const;

/** The home of the account, its history, and the ways out. */
export function accountRoutes(deps: AccountDeps, session: AccountSession): readonly Route[] {
  const nameOf = (portalId: PortalId) => deps.portals.find(portalId)?.name;

  async function showHome(ctx: Context, { subject, account, level, session: current }: Visitor): Promise<void> {
    const before = new Date(current.authTimeSeconds * 1000);
    const [enrolled, consents, [last]] = await Promise.all([
      listAuthenticators(deps, subject),
      listConsents(deps, subject),
      listAccountEvents(deps, subject, { kinds: ['sign_in.completed'], before, limit: 1 }),
    ]);
    const { fullName, nationalId } = account.personal.reveal();
    const number = parseNationalId(nationalId);
    if (!number) throw new Error('an account keeps a number that is none');
    const portal = last?.portal && nameOf(last.portal);
    page(ctx, 'self-service/home', {
      fullName,
      maskedNationalId: maskNationalId(number),
      level,
      ...(last && { lastSignIn: { at: last.at, ...(portal && { portal }) } }),
      authenticators: {
        password: enrolled.password,
        totp: enrolled.totp !== undefined,
        passkeys: enrolled.passkeys.length,
      },
      portals: consentLines(consents, (portalId) => deps.portals.find(portalId)).length,
    });
  }

  async function showHistory(ctx: Context, { subject }: Visitor): Promise<void> {
    const asked = query(ctx, 'before') ?? '';
    const from = new Date(MOMENT.test(asked) ? asked : '');
    const events = await listAccountEvents(deps, subject, {
      kinds: SHOWN_KINDS,
      ...(Number.isNaN(from.getTime()) ? {} : { before: from }),
      limit: HISTORY_PAGE,
    });
    const oldest = events.length === HISTORY_PAGE ? events.at(-1) : undefined;
    const olderUrl = oldest && `/account/history?before=${encodeURIComponent(oldest.at.toISOString())}`;
    page(ctx, 'self-service/history', { days: historyDays(events, nameOf), ...(olderUrl && { olderUrl }) });
  }

  async function leaveEverywhere(ctx: Context, { subject }: Visitor): Promise<void> {
    await signOutEverywhere(deps, subject);
    await endSessions({ ...deps, directory: deps.portals }, subject);
    seeOther(ctx, signedOutPage('everywhere'));
  }

  return [
    session.route({ method: 'GET', path: '/account', handle: showHome }),
    session.route({ method: 'GET', path: '/account/history', handle: showHistory }),
    session.route({
      method: 'GET',
      path: '/account/sign-out-everywhere',
      handle: (ctx) => page(ctx, 'self-service/sign-out-everywhere', {}),
    }),
    session.route({
      method: 'POST',
      path: '/account/sign-out-everywhere',
      fields: [],
      limit: TRY,
      handle: leaveEverywhere,
    }),
    // The provider's own page ends the session of this browser, and tells the portals (RP-Initiated Logout 1.0).
    session.route({
      method: 'POST',
      path: '/account/sign-out',
      fields: [],
      handle: (ctx) => seeOther(ctx, '/session/end'),
    }),
  ];
}
