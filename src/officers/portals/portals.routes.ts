import type { Context } from 'koa';
import { listPortalEvents } from '../../audit/list-portal-events.ts';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { param, query } from '../../http/serve-routes.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { disablePortal } from '../../portals/disable-portal.ts';
import { enablePortal } from '../../portals/enable-portal.ts';
import { findPortalRecord } from '../../portals/find-portal-record.ts';
import { listPortalRecords } from '../../portals/list-portal-records.ts';
import { DISABLE_REASONS, type PortalRecord } from '../../portals/portal-record.ts';
import type { Cache } from '../../storage/redis.ts';
import { parseDocumentNumber } from '../document-number.ts';
import { actorOf } from '../officer.ts';
import type { StaffKeys } from '../officer.store.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { listStaff } from '../staff/list-staff.ts';
import { has } from '../staff/staff-pages.ts';
import { columnChart } from '../start/chart.ts';
import { PORTAL_EVENTS } from './events.ts';
import { findSignInDays } from './find-sign-in-days.ts';
import { doerOf, eventLine, portalLine, portalShown, proposalLine } from './portal-pages.ts';
import { selectWaiting } from './portal-proposal.store.ts';
import { PORTAL_FILTERS, type PortalModel } from './portals.views.ts';
import type { ProposeDeps } from './propose-portal.ts';

export type PortalsDeps = ProposeDeps & StaffKeys & { readonly cache: Cache };

const LIST = '/console/portals';
/** A level of its own, so that no portal's id can be taken for another page. */
const ONE = `${LIST}/id/:portal`;
const UNPROCESSABLE = 422;
const CONFLICT = 409;
const MOST_EVENTS = 50;
const DONE = ['confirmed', 'disabled', 'enabled'] as const;

/** Which portals there are, all about one of them, and closing and opening it. */
export function portalsRoutes(deps: PortalsDeps): readonly Route[] {
  async function find(ctx: Context): Promise<PortalRecord> {
    const found = await findPortalRecord(deps, param(ctx, 'portal'));
    if (!found) throw new RequestError('not_found');
    return found;
  }

  async function list(ctx: Context): Promise<void> {
    const state = PORTAL_FILTERS.find((one) => one === query(ctx, 'state')) ?? 'live';
    const [records, proposals, staff] = await Promise.all([
      listPortalRecords(deps, { dynamic: state === 'test' }),
      selectWaiting(deps.db),
      listStaff(deps),
    ]);
    const now = deps.clock.now();
    page(ctx, 'console/portals/portals', {
      state,
      portals: records
        .filter(({ portal }) => state === 'test' || portal.disabled === (state === 'disabled'))
        .map((one) => portalLine(one, staff)),
      proposals: proposals.map((one) => proposalLine(one, staff, now)),
      mayRegister: has(currentOfficer(ctx), 'register_portal'),
    });
  }

  async function show(ctx: Context): Promise<void> {
    const { portal, registeredAt, registeredBy, disabled } = await find(ctx);
    const [staff, events, days] = await Promise.all([
      listStaff(deps),
      listPortalEvents(deps, portal.portalId, { kinds: PORTAL_EVENTS, limit: MOST_EVENTS }),
      findSignInDays(deps, portal.portalId),
    ]);
    const officer = currentOfficer(ctx);
    const chart = columnChart(days.map(({ signIns }) => [signIns]));
    const done = DONE.find((one) => one === query(ctx, 'done'));
    const model: PortalModel = {
      portal: portalShown(portal),
      registeredAt,
      by: doerOf(registeredBy, staff),
      ...(disabled && { disabled }),
      signIns: { days, ...(chart && { chart }) },
      history: events.map((event) => eventLine(event, staff)),
      may: {
        change: !portal.disabled && !portal.dynamic && has(officer, 'register_portal'),
        disable: !portal.disabled && has(officer, 'disable_portal'),
        enable: portal.disabled && has(officer, 'enable_portal'),
      },
      ...(done && { done }),
    };
    page(ctx, 'console/portals/portal', model);
  }

  async function askDisable(
    ctx: Context,
    values = { reason: '', document: '' },
    errors?: readonly FieldError[],
    status = UNPROCESSABLE,
  ): Promise<void> {
    const { portal } = await find(ctx);
    const model = { portalId: portal.portalId, name: portal.name, reasons: DISABLE_REASONS, values };
    page(ctx, 'console/portals/disable', { ...model, ...(errors && { errors }) }, errors ? status : 200);
  }

  async function disable(ctx: Context): Promise<void> {
    const { portal } = await find(ctx);
    const values = { reason: field(ctx, 'reason'), document: field(ctx, 'document') };
    const reason = DISABLE_REASONS.find((one) => one === values.reason);
    const document = parseDocumentNumber(values.document);
    const errors: FieldError[] = [
      ...(reason ? [] : [{ code: 'portal_reason_missing', field: 'reason' }]),
      ...(document === undefined ? [{ code: 'portal_document_malformed', field: 'document' }] : []),
    ];
    if (!reason || document === undefined) return askDisable(ctx, values, errors);
    const outcome = await disablePortal(deps, portal.portalId, actorOf(currentOfficer(ctx)), { reason, document });
    switch (outcome.kind) {
      case 'disabled':
        return seeOther(ctx, `${LIST}/id/${portal.portalId}?done=disabled`);
      case 'not_found':
        return askDisable(ctx, values, [{ code: 'portal_disabled_already' }], CONFLICT);
      default:
        return unreachable(outcome);
    }
  }

  async function askEnable(ctx: Context, code?: string): Promise<void> {
    const { portal } = await find(ctx);
    const errors = code !== undefined && { errors: [{ code }] };
    page(
      ctx,
      'console/portals/enable',
      { portalId: portal.portalId, name: portal.name, ...errors },
      errors ? CONFLICT : 200,
    );
  }

  async function enable(ctx: Context): Promise<void> {
    const { portal } = await find(ctx);
    const outcome = await enablePortal(deps, portal.portalId, actorOf(currentOfficer(ctx)));
    switch (outcome.kind) {
      case 'enabled':
        return seeOther(ctx, `${LIST}/id/${portal.portalId}?done=enabled`);
      case 'not_found':
        return askEnable(ctx, 'portal_open_already');
      default:
        return unreachable(outcome);
    }
  }

  const [closer, opener] = [officerMay('disable_portal'), officerMay('enable_portal')];
  return [
    { method: 'GET', path: LIST, guard: officerMay('see_portals'), handle: list },
    { method: 'GET', path: ONE, guard: officerMay('see_portals'), handle: show },
    { method: 'GET', path: `${ONE}/disable`, guard: closer, handle: (ctx) => askDisable(ctx) },
    { method: 'POST', path: `${ONE}/disable`, guard: closer, fields: ['reason', 'document'], handle: disable },
    { method: 'GET', path: `${ONE}/enable`, guard: opener, handle: (ctx) => askEnable(ctx) },
    { method: 'POST', path: `${ONE}/enable`, guard: opener, fields: [], handle: enable },
  ];
}
