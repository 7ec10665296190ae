import type { Context } from 'koa';
import { field } from '../http/form.ts';
import { page } from '../http/page.ts';
import type { Route } from '../http/route.ts';
import { query } from '../http/serve-routes.ts';
import type { Clock } from '../kernel/clock.ts';
import type { PortalId } from '../kernel/ids.ts';
import { listConsents } from '../portals/list-consents.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import { withdrawConsent } from '../portals/withdraw-consent.ts';
import type { Database } from '../storage/postgres.ts';
import type { AccountSession } from './account-session.routes.ts';
import { consentLines } from './consent-lines.ts';
import { seeOther } from './door-cookie.routes.ts';
import type { Visitor } from './find-visitor.ts';

export interface ConsentsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly portals: Pick<PortalDirectory, 'find'>;
}

const TRY = { points: 200, seconds: 60 * 60 } as const;

/** Who knows what about the holder, and the end of it. */
export function consentsRoutes(deps: ConsentsDeps, session: AccountSession): readonly Route[] {
  async function show(ctx: Context, { subject }: Visitor): Promise<void> {
    const lines = consentLines(await listConsents(deps, subject), (portalId) => deps.portals.find(portalId));
    const withdrawn = deps.portals.find(query(ctx, 'withdrawn') ?? '')?.name;
    page(ctx, 'self-service/consents', { consents: lines, ...(withdrawn && { withdrawn }) });
  }

  async function withdraw(ctx: Context, { subject }: Visitor): Promise<void> {
    const portalId = field(ctx, 'portal_id') as PortalId;
    const outcome = await withdrawConsent(deps, subject, portalId);
    const said = outcome.kind === 'withdrawn' ? `?withdrawn=${encodeURIComponent(portalId)}` : '';
    seeOther(ctx, `/account/consents${said}`);
  }

  return [
    session.route({ method: 'GET', path: '/account/consents', handle: show }),
    session.route({
      method: 'POST',
      path: '/account/consents/withdraw',
      fields: ['portal_id'],
      limit: TRY,
      handle: withdraw,
    }),
  ];
}
