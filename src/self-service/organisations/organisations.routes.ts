import type { Context } from 'koa';
import { activateOrganisation } from '../../accounts/organisations/activate-organisation.ts';
import { answerApplication } from '../../accounts/organisations/answer-application.ts';
import { parseApplicationId } from '../../accounts/organisations/application.ts';
import { applyForOrganisation, type ApplyDeps } from '../../accounts/organisations/apply-for-organisation.ts';
import { listRepresentations } from '../../accounts/organisations/list-representations.ts';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { query } from '../../http/serve-routes.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { parseTaxNumber } from '../../registry/tax-number.ts';
import type { AccountSession } from '../account-session.routes.ts';
import { seeOther } from '../door-cookie.routes.ts';
import type { Visitor } from '../find-visitor.ts';
import { findOwnOrganisation } from './own-organisation.routes.ts';
import { freshly } from './freshly.routes.ts';
import { organisationLockRoutes } from './organisation-lock.routes.ts';
import { organisationsModel } from './organisations-model.ts';
import { ORGANISATION_NEWS, type OrganisationNews } from './organisations.views.ts';

export type OrganisationsDeps = ApplyDeps;

const LIST = '/account/organisations';
const APPLY = `${LIST}/apply`;
const TRY = { points: 60, seconds: 60 * 60 } as const;
/** Each asks the register of organisations. */
const LOOK = { points: 20, seconds: 60 * 60 } as const;
const UNPROCESSABLE = 422;
const CONFLICT = 409;

/** The organisations that the holder represents by law: their accounts, applications and the consent to them. */
export function organisationsRoutes(deps: OrganisationsDeps, session: AccountSession): readonly Route[] {
  const fresh = freshly(deps, session);
  const done = (ctx: Context, what: OrganisationNews) => seeOther(ctx, `${LIST}?done=${what}`);

  async function show(ctx: Context, visitor: Visitor, error?: FieldError): Promise<void> {
    const model = organisationsModel(await listRepresentations(deps, visitor.account), deps.clock.now());
    const just = ORGANISATION_NEWS.find((one) => one === query(ctx, 'done'));
    const said = { mayApply: visitor.level === '02', ...(just && { done: just }), ...(error && { errors: [error] }) };
    page(ctx, 'self-service/organisations', { ...model, ...said }, error ? CONFLICT : 200);
  }

  const refuse = (ctx: Context, code: string, status = UNPROCESSABLE) =>
    page(
      ctx,
      'self-service/apply-organisation',
      { errors: [{ code, field: 'tax_number' }], values: { tax_number: field(ctx, 'tax_number') } },
      status,
    );

  async function apply(ctx: Context, { account, level }: Visitor): Promise<void> {
    const taxNumber = parseTaxNumber(field(ctx, 'tax_number'));
    if (!taxNumber) return refuse(ctx, 'tax_number_malformed');
    const outcome = await applyForOrganisation(deps, { ...account, level }, taxNumber);
    switch (outcome.kind) {
      case 'applied':
        return done(ctx, 'applied');
      case 'refused':
        return refuse(ctx, `organisation_${outcome.reason}`, CONFLICT);
      case 'unavailable':
        throw new RequestError('unavailable');
      default:
        return unreachable(outcome);
    }
  }

  async function answer(ctx: Context, visitor: Visitor): Promise<void> {
    const applicationId = parseApplicationId(field(ctx, 'application'));
    const decision = field(ctx, 'decision');
    if (!applicationId || (decision !== 'agreed' && decision !== 'declined')) {
      throw new RequestError('malformed_request');
    }
    const outcome = await answerApplication(deps, visitor.account, applicationId, decision);
    if (outcome.kind === 'answered') return done(ctx, outcome.decision);
    return show(ctx, visitor, { code: `application_${outcome.kind}` });
  }

  async function activate(ctx: Context, visitor: Visitor): Promise<void> {
    const { subject } = await findOwnOrganisation(deps, visitor, field(ctx, 'tax_number'));
    const outcome = await activateOrganisation(deps, visitor.account, subject);
    if (outcome.kind === 'activated') return done(ctx, 'activated');
    return show(ctx, visitor, { code: `organisation_${outcome.kind}` });
  }

  return [
    session.route({ method: 'GET', path: LIST, handle: (ctx, visitor) => show(ctx, visitor) }),
    session.route({
      method: 'GET',
      path: APPLY,
      handle: fresh(APPLY, (ctx) => page(ctx, 'self-service/apply-organisation', {})),
    }),
    session.route({ method: 'POST', path: APPLY, fields: ['tax_number'], limit: LOOK, handle: fresh(APPLY, apply) }),
    session.route({
      method: 'POST',
      path: `${LIST}/answer`,
      fields: ['application', 'decision'],
      limit: TRY,
      handle: fresh(LIST, answer),
    }),
    session.route({
      method: 'POST',
      path: `${LIST}/activate`,
      fields: ['tax_number'],
      limit: TRY,
      handle: fresh(LIST, activate),
    }),
    ...organisationLockRoutes(deps, session, { list: LIST, done, refuse: show }),
  ];
}
