import type { Context } from 'koa';
import type { ApplyDeps } from '../../accounts/organisations/apply-for-organisation.ts';
import {
  APPLICATION_REFUSALS,
  parseApplicationId,
  type ApplicationId,
} from '../../accounts/organisations/application.ts';
import { findApplication, listApplications } from '../../accounts/organisations/find-application.ts';
import { receiveApplication } from '../../accounts/organisations/receive-application.ts';
import { record } from '../../audit/record.ts';
import { field } from '../../http/form.ts';
import { page } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { param, query } from '../../http/serve-routes.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { atConsole, currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import { applicationPage, dueOf, lineOf } from './application-page.ts';
import { decideApplication, type Verdict } from './decide-application.ts';
import { applicationReceived, applicationViewed } from './events.ts';
import type { ApplicationModel } from './organisations.views.ts';

export type OrganisationCasesDeps = ApplyDeps;

const LIST = '/console/organisations';
const ONE = `${LIST}/:application`;
const STATES = ['open', 'granted', 'refused'] as const;
const MOST_SHOWN = 100;
const TEXT_LENGTH = 500;
const UNPROCESSABLE = 422;
const CONFLICT = 409;
const LIMIT = { points: 600, seconds: 60 * 60 } as const;

/** Applications for organisations: received by one officer, decided by another (Decree 69/2024 art. 11, 13). */
export function organisationCasesRoutes(deps: OrganisationCasesDeps): readonly Route[] {
  const idOf = (ctx: Context): ApplicationId => {
    const id = parseApplicationId(param(ctx, 'application'));
    if (!id) throw new RequestError('not_found');
    return id;
  };

  async function list(ctx: Context): Promise<void> {
    const state = STATES.find((one) => one === query(ctx, 'state')) ?? 'open';
    const wanted = state === 'open' ? (['submitted', 'received'] as const) : [state];
    const found = await listApplications(deps, wanted, { limit: MOST_SHOWN, newest: state !== 'open' });
    const now = deps.clock.now();
    const lines = await Promise.all(found.map((one) => lineOf(deps.db, one, now)));
    // what is due first stands first
    const applications = state === 'open' ? lines.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime()) : lines;
    page(ctx, 'console/organisations/applications', { state, states: STATES, applications });
  }

  async function show(ctx: Context, more: Partial<ApplicationModel> = {}, status = 200): Promise<void> {
    const one = await findApplication(deps, idOf(ctx));
    // what the representatives have not agreed on is not the officers' to see
    if (!one?.submittedAt) throw new RequestError('not_found');
    const { officer, office } = atConsole(ctx);
    await record(deps.db, applicationViewed(officer, office, one), deps.clock.now());
    const model = await applicationPage(deps, one, officer, deps.clock.now());
    page(ctx, 'console/organisations/application', { ...model, ...more }, status);
  }

  async function receive(ctx: Context): Promise<void> {
    const { officerId, officeId } = currentOfficer(ctx);
    const comparison = field(ctx, 'comparison');
    const values = { comparison, code: '', reason: '' };
    if (comparison === '' || comparison.length > TEXT_LENGTH)
      return show(ctx, { values, errors: [{ code: 'comparison_missing', field: 'comparison' }] }, UNPROCESSABLE);
    const outcome = await receiveApplication(deps, idOf(ctx), {
      officerId,
      officeId,
      comparison,
      dueAt: dueOf,
      event: (one) => applicationReceived({ officerId, officeId }, one),
    });
    if (outcome.kind === 'no_application') throw new RequestError('not_found');
    if (outcome.kind === 'received') return seeOther(ctx, `${LIST}/${idOf(ctx)}`);
    return show(ctx, { errors: [{ code: 'application_not_waiting' }] }, CONFLICT);
  }

  async function decide(ctx: Context): Promise<void> {
    const values = { comparison: '', code: field(ctx, 'code'), reason: field(ctx, 'reason') };
    const verdict = verdictOf(field(ctx, 'decision'), values);
    if (!verdict)
      return show(ctx, { values, errors: [{ code: 'application_reason_missing', field: 'reason' }] }, UNPROCESSABLE);
    const outcome = await decideApplication(deps, currentOfficer(ctx), idOf(ctx), verdict);
    switch (outcome.kind) {
      case 'granted':
      case 'refused':
        return seeOther(ctx, `${LIST}/${idOf(ctx)}`);
      case 'not_eligible':
        return show(ctx, { values, reasons: outcome.reasons }, CONFLICT);
      case 'touched':
      case 'not_received':
      case 'already_decided':
        return show(ctx, { values, errors: [{ code: `application_${outcome.kind}` }] }, CONFLICT);
      case 'unavailable':
        return show(ctx, { values, errors: [{ code: 'registry_unavailable' }] }, 503);
      case 'no_application':
        throw new RequestError('not_found');
      default:
        return unreachable(outcome);
    }
  }

  return [
    { method: 'GET', path: LIST, guard: officerMay('see_organisations'), handle: list },
    { method: 'GET', path: ONE, guard: officerMay('see_organisations'), limit: LIMIT, handle: (ctx) => show(ctx) },
    {
      method: 'POST',
      path: `${ONE}/receive`,
      guard: officerMay('receive_organisation'),
      fields: ['comparison'],
      handle: receive,
    },
    {
      method: 'POST',
      path: `${ONE}/decide`,
      guard: officerMay('decide_organisation'),
      fields: ['decision', 'code', 'reason'],
      handle: decide,
    },
  ];
}

/** The approver's word; undefined for a refusal without its code or reason. */
function verdictOf(decision: string, { code, reason }: { code: string; reason: string }): Verdict | undefined {
  if (decision === 'grant') return { kind: 'grant' };
  if (decision !== 'refuse') throw new RequestError('malformed_request');
  const known = APPLICATION_REFUSALS.find((one) => one === code);
  if (!known || reason === '' || reason.length > TEXT_LENGTH) return undefined;
  return { kind: 'refuse', code: known, reason: new Sealed(reason) };
}
