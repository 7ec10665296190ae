import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import { open, type Route } from '../../http/route.ts';
import { param } from '../../http/serve-routes.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { browserOf, parseCredential } from '../sign-in/browser-of.routes.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { enrolOfficer, type EnrolDeps } from './enrol-officer.ts';

const PATH = '/console/enrol/:link';
const LIMIT = { points: 60, seconds: 60 } as const;
const GONE = 410;
const UNPROCESSABLE = 422;

/** The link that an invited officer was handed: their device makes the passkey they will sign in with. */
export function enrolRoutes(deps: EnrolDeps): readonly Route[] {
  async function show(ctx: Context, code?: string): Promise<void> {
    const token = param(ctx, 'link');
    const begun = await beginEnrolment(deps, browserOf(ctx), token);
    if (begun.kind === 'gone') return page(ctx, 'console/staff/enrol-gone', {}, GONE);
    const { member, office } = begun.seated;
    const model = {
      name: member.personal.reveal().name,
      role: member.role,
      office: office.name,
      action: `/console/enrol/${encodeURIComponent(token)}`,
      passkey: begun.options,
      ...(code !== undefined && { errors: [{ code }] }),
    };
    page(ctx, 'console/staff/enrol', model, code === undefined ? 200 : UNPROCESSABLE);
  }

  async function enrol(ctx: Context): Promise<void> {
    const response = parseCredential(field(ctx, 'credential'));
    const outcome = await enrolOfficer(deps, browserOf(ctx), param(ctx, 'link'), response);
    switch (outcome.kind) {
      case 'enrolled':
        return page(ctx, 'console/staff/enrolled', {});
      case 'gone':
        return page(ctx, 'console/staff/enrol-gone', {}, GONE);
      case 'rejected':
      case 'expired':
      case 'synced':
        return show(ctx, `officer_enrolment_${outcome.kind}`);
      case 'unavailable':
        throw new RequestError('unavailable');
      default:
        return unreachable(outcome);
    }
  }

  return [
    { method: 'GET', path: PATH, guard: open, limit: LIMIT, handle: (ctx) => show(ctx) },
    { method: 'POST', path: PATH, guard: open, limit: LIMIT, fields: ['credential'], handle: enrol },
  ];
}
