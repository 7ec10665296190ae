import type { Context } from 'koa';
import { field } from '../../http/form.ts';
import { page } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { param, query } from '../../http/serve-routes.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { mayDo } from '../officer-permissions.policy.ts';
import { parseOfficeId } from '../office.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay, reachOf } from '../sign-in/officer-guard.routes.ts';
import { REFUSAL_CODES } from './case-decision.policy.ts';
import { lineOf, showCase } from './case-pages.routes.ts';
import type { CaseModel } from './cases.views.ts';
import { decideCase, type DecideDeps, type Verdict } from './decide-case.ts';
import { parseCaseId, type CaseId } from './enrolment-case.ts';
import { exportEvidence } from './export-evidence.ts';
import { listCases } from './list-cases.ts';
import { openCaseFile } from './open-case-file.ts';

export type CasesDeps = DecideDeps;

const LIST = '/console/cases';
const STATES = ['submitted', 'granted', 'refused'] as const;
const REASON_LENGTH = 500;
const LIMIT = { points: 600, seconds: 60 * 60 } as const;

/** The queue, one case, and the approver's word on it. */
export function casesRoutes(deps: CasesDeps): readonly Route[] {
  const by = (ctx: Context) => ({ officer: currentOfficer(ctx), reach: reachOf(ctx) });
  const caseIdOf = (ctx: Context): CaseId => {
    const caseId = parseCaseId(param(ctx, 'case'));
    if (!caseId) throw new RequestError('not_found');
    return caseId;
  };

  async function showQueue(ctx: Context): Promise<void> {
    const { officer, reach } = by(ctx);
    const state = STATES.find((one) => one === query(ctx, 'state')) ?? 'submitted';
    const office = parseOfficeId(query(ctx, 'office') ?? '');
    const { cases, more, counts } = await listCases(deps, { officer, reach }, { state, office });
    const now = deps.clock.now();
    page(ctx, 'console/cases/queue', {
      state,
      states: STATES,
      ...(office && { office }),
      cases: cases.map((queued) => lineOf(queued, officer, now)),
      more,
      counts: counts.map((count) => ({ ...count, isHere: count.officeId === office })),
      mayOpen: mayDo(officer.role, 'open_case', 0).kind === 'permitted',
    });
  }

  async function show(ctx: Context, more: Partial<CaseModel> = {}, status = 200): Promise<void> {
    const file = await openCaseFile(deps, by(ctx), caseIdOf(ctx));
    if (!file) throw new RequestError('not_found');
    showCase(ctx, file, currentOfficer(ctx), deps.clock.now(), more, status);
  }

  async function decide(ctx: Context, verdict: Verdict): Promise<void> {
    const caseId = caseIdOf(ctx);
    const outcome = await decideCase(deps, by(ctx), caseId, verdict);
    switch (outcome.kind) {
      case 'granted':
        return seeOther(ctx, `${LIST}/${caseId}?done=granted`);
      case 'refused':
        return seeOther(ctx, `${LIST}/${caseId}?done=refused`);
      case 'not_eligible':
        return show(ctx, { refusals: outcome.reasons }, 409);
      case 'touched':
      case 'already_decided':
        return show(ctx, { errors: [{ code: `case_${outcome.kind}` }] }, 409);
      case 'unavailable':
        return show(ctx, { errors: [{ code: 'registry_unavailable' }] }, 503);
      case 'no_case':
      case 'out_of_reach':
        throw new RequestError('not_found');
      default:
        return unreachable(outcome);
    }
  }

  async function refuse(ctx: Context): Promise<void> {
    const values = { code: field(ctx, 'code'), reason: field(ctx, 'reason') };
    const code = REFUSAL_CODES.find((one) => one === values.code);
    const errors = [
      ...(code ? [] : [{ code: 'refusal_code_missing', field: 'code' }]),
      ...(values.reason === '' ? [{ code: 'refusal_reason_missing', field: 'reason' }] : []),
      ...(values.reason.length > REASON_LENGTH ? [{ code: 'refusal_reason_malformed', field: 'reason' }] : []),
    ];
    if (!code || errors.length > 0) return show(ctx, { errors, values }, 400);
    return decide(ctx, { kind: 'refuse', code, reason: new Sealed(values.reason) });
  }

  const doneOf = (ctx: Context) =>
    (['submitted', 'granted', 'refused'] as const).find((one) => one === query(ctx, 'done'));
  return [
    { method: 'GET', path: LIST, guard: officerMay('see_cases'), handle: showQueue },
    {
      method: 'GET',
      path: `${LIST}/:case`,
      guard: officerMay('see_cases'),
      limit: LIMIT,
      handle: (ctx) => {
        const done = doneOf(ctx);
        return show(ctx, done && { done });
      },
    },
    {
      method: 'POST',
      path: `${LIST}/:case/grant`,
      guard: officerMay('decide_case'),
      fields: [],
      handle: (ctx) => decide(ctx, { kind: 'grant' }),
    },
    {
      method: 'POST',
      path: `${LIST}/:case/refuse`,
      guard: officerMay('decide_case'),
      fields: ['code', 'reason'],
      handle: refuse,
    },
    {
      method: 'GET',
      path: `${LIST}/:case/evidence.json`,
      guard: officerMay('export_evidence'),
      limit: LIMIT,
      handle: async (ctx) => {
        const evidence = await exportEvidence(deps, by(ctx), caseIdOf(ctx));
        if (!evidence) throw new RequestError('not_found');
        ctx.type = 'application/json; charset=utf-8';
        ctx.set('cache-control', 'no-store');
        ctx.attachment('evidence.json');
        ctx.body = JSON.stringify(evidence, null, 2);
      },
    },
  ];
}
