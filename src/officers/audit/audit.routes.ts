import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { countTrail } from '../../audit/count-trail.ts';
import { EVENT_KINDS } from '../../audit/event-kinds.ts';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { query } from '../../http/serve-routes.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { listPortals } from '../../portals/list-portals.ts';
import type { Database } from '../../storage/postgres.ts';
import { actorOf } from '../officer.ts';
import { selectMembersById } from '../officer.store.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { FILTER_FIELDS, parseFilter, parseMark, trailHref, withDays, type FilterValues } from './audit-filter.ts';
import { eventLineOf, officerOf, officersIn } from './audit-page.ts';
import { EXPORT_FORMATS } from './export-file.ts';
import { EXPORT_LIMIT, exportTrail, type ExportDeps } from './export-trail.ts';
import { findAlerts } from './find-alerts.ts';
import { lookAtTrail } from './look-at-trail.ts';
import { seekSubject } from './seek-subject.ts';
import type { FindAccountDeps } from '../../accounts/find-account.ts';

export type AuditDeps = ExportDeps & FindAccountDeps & { readonly db: Database };

const AUDIT = '/console/audit';
const EXPORT = `${AUDIT}/export`;
const UNPROCESSABLE = 422;
const SEEK_LIMIT = { points: 120, seconds: 60 * 60 } as const;
const EXPORT_TIMES = { points: 60, seconds: 60 * 60 } as const;
/** What a search by number takes with it; the account comes from the number. */
const SOUGHT_FIELDS = FILTER_FIELDS.filter((name) => name !== 'subject');

/** The auditor's pages: the trail by subject, officer, kind, portal and time; and its export. */
export function auditRoutes(deps: AuditDeps): readonly Route[] {
  const valuesOf = (get: (name: (typeof FILTER_FIELDS)[number]) => string | undefined): FilterValues =>
    withDays(
      Object.fromEntries(FILTER_FIELDS.map((name) => [name, get(name)?.trim() ?? ''])) as FilterValues,
      deps.clock.now(),
    );
  const asked = (ctx: Context) => valuesOf((name) => query(ctx, name));

  async function frameOf(values: FilterValues) {
    const [portals, alerts] = await Promise.all([listPortals(deps), findAlerts(deps)]);
    const { subject: _, ...rest } = values;
    return {
      portals,
      model: {
        values,
        kinds: Object.keys(EVENT_KINDS),
        portals: portals.map(({ portalId, name }) => ({ portalId, name })),
        alerts,
        ...(values.subject && { allSubjectsHref: trailHref({ ...rest, subject: '' }) }),
      },
    };
  }

  async function refuse(ctx: Context, values: FilterValues, errors: readonly FieldError[]): Promise<void> {
    const { model } = await frameOf(values);
    page(ctx, 'console/audit/audit', { ...model, errors }, UNPROCESSABLE);
  }

  async function show(ctx: Context): Promise<void> {
    const values = asked(ctx);
    const parsed = parseFilter(values);
    if (parsed.kind === 'malformed') return refuse(ctx, values, parsed.errors);
    const mark = query(ctx, 'after');
    const after = mark === undefined ? undefined : parseMark(mark);
    if (mark !== undefined && !after) throw new RequestError('malformed_request');
    const { events, next } = await lookAtTrail(deps, currentOfficer(ctx), parsed.query, after);
    const { model, portals } = await frameOf(values);
    const seated = await selectMembersById(
      deps,
      deps.db,
      officersIn([values.actor, ...events.map(({ actor }) => actor)]),
    );
    const found = {
      officers: new Map(seated.map((one) => [actorOf(one.member), one])),
      portals: new Map(portals.map((portal) => [portal.portalId as string, portal])),
    };
    const officer = officerOf(values, found.officers);
    page(ctx, 'console/audit/audit', {
      ...model,
      ...(officer && { officer }),
      events: events.map((event) => eventLineOf(event, values, found)),
      exportHref: trailHref(values, { path: EXPORT }),
      ...(after && { firstHref: trailHref(values) }),
      ...(next && { nextHref: trailHref(values, { after: next }) }),
    });
  }

  async function seek(ctx: Context): Promise<void> {
    const values = valuesOf((name) => (name === 'subject' ? '' : field(ctx, name)));
    const outcome = await seekSubject(deps, currentOfficer(ctx), field(ctx, 'national_id'));
    switch (outcome.kind) {
      case 'found':
        return seeOther(ctx, trailHref({ ...values, subject: outcome.subject }));
      case 'malformed':
        return refuse(ctx, values, [{ code: 'audit_number_malformed', field: 'national_id' }]);
      case 'no_account':
        return refuse(ctx, values, [{ code: 'audit_no_account', field: 'national_id' }]);
      default:
        return unreachable(outcome);
    }
  }

  async function askExport(ctx: Context, values: FilterValues, errors: readonly FieldError[] = []): Promise<void> {
    const parsed = parseFilter(values);
    const wrong = parsed.kind === 'malformed' ? parsed.errors : errors;
    const count = parsed.kind === 'asks' ? await countTrail(deps, parsed.query, EXPORT_LIMIT + 1) : undefined;
    page(
      ctx,
      'console/audit/export',
      {
        values,
        formats: EXPORT_FORMATS,
        limit: EXPORT_LIMIT,
        backHref: trailHref(values),
        ...(count !== undefined && { count }),
        ...(wrong.length > 0 && { errors: wrong }),
      },
      wrong.length > 0 ? UNPROCESSABLE : 200,
    );
  }

  async function sendExport(ctx: Context): Promise<void> {
    const values = valuesOf((name) => field(ctx, name));
    const format = EXPORT_FORMATS.find((one) => one === field(ctx, 'format'));
    const parsed = parseFilter(values);
    if (!format || parsed.kind === 'malformed') return askExport(ctx, values, [{ code: 'audit_format_missing' }]);
    const outcome = await exportTrail(deps, currentOfficer(ctx), parsed.query, format);
    switch (outcome.kind) {
      case 'too_many':
        return askExport(ctx, values, [{ code: 'audit_too_many', values: { limit: EXPORT_LIMIT } }]);
      case 'file':
        ctx.attachment(`audit-${dayInHanoi(deps.clock.now())}.${format}`);
        ctx.type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8';
        ctx.body = Readable.from(outcome.text, { objectMode: false });
        return;
      default:
        return unreachable(outcome);
    }
  }

  const see = officerMay('see_audit');
  const take = officerMay('export_audit');
  return [
    { method: 'GET', path: AUDIT, guard: see, handle: show },
    {
      method: 'POST',
      path: AUDIT,
      guard: see,
      fields: ['national_id', ...SOUGHT_FIELDS],
      limit: SEEK_LIMIT,
      handle: seek,
    },
    { method: 'GET', path: EXPORT, guard: take, handle: (ctx) => askExport(ctx, asked(ctx)) },
    {
      method: 'POST',
      path: EXPORT,
      guard: take,
      fields: ['format', ...FILTER_FIELDS],
      limit: EXPORT_TIMES,
      handle: sendExport,
    },
  ];
}
