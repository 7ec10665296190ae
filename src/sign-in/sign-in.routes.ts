import type { Context } from 'koa';
import { record } from '../audit/record.ts';
import { subscriberOf } from '../http/client-address.ts';
import { field, sealedField } from '../http/form.ts';
import { localeOf } from '../http/page.ts';
import { RequestError } from '../http/request-error.ts';
import { open, type Route } from '../http/route.ts';
import { allowFormAction } from '../http/security-headers.ts';
import { CLAIM_NAMES } from '../portals/claim.ts';
import type { RefusalCode } from '../provider/interactions.ts';
import { parseNationalId } from '../registry/national-id.ts';
import { chooseSecondFactor, type ChooseDeps } from './choose-second-factor.ts';
import { enrolPasskey } from './enrol-passkey.ts';
import { signInRefused } from './events.ts';
import { identifySubject, type IdentifyDeps } from './identify-subject.ts';
import { loadVisit } from './load-visit.routes.ts';
import { parseCode } from './parse-code.ts';
import { guardianRoutes, type GuardianDeps } from './guardian.routes.ts';
import { portalLogoRoutes } from './portal-logo.routes.ts';
import { showStep } from './show-step.routes.ts';
import { startOver } from './start-over.ts';
import { credentialOf, loadAt, proceed, redirectToStep, refuse, type StepFormDeps } from './step-form.routes.ts';
import { stepOf } from './step-of.ts';
import { submitCode, type SubmitCodeDeps } from './submit-code.ts';
import { submitConsent } from './submit-consent.ts';
import { submitPasskey, type SubmitPasskeyDeps } from './submit-passkey.ts';
import { submitPassword } from './submit-password.ts';
import type { VerifyPasswordDeps } from '../authenticators/password/verify-password.ts';
import type { FinishPasskeyEnrolmentDeps } from '../authenticators/webauthn/finish-passkey-enrolment.ts';
import type { Visit } from './visit.ts';

export type SignInDeps = StepFormDeps &
  IdentifyDeps &
  VerifyPasswordDeps &
  ChooseDeps &
  SubmitCodeDeps &
  SubmitPasskeyDeps &
  FinishPasskeyEnrolmentDeps &
  GuardianDeps;

const BASE = '/interaction/:uid';
/** A visit's forms answer only to the browser that holds its cookie; guessing is limited by the number typed. */
const post = (step: string, fields: readonly string[], handle: Route['handle']): Route => ({
  method: 'POST',
  path: `${BASE}/${step}`,
  guard: open,
  fields,
  handle,
});

export function signInRoutes(deps: SignInDeps): readonly Route[] {
  return [
    { method: 'GET', path: BASE, guard: open, handle: (ctx) => getStep(deps, ctx) },
    post('identify', ['national_id'], (ctx) => postIdentify(deps, ctx)),
    post('password', ['password'], (ctx) => postPassword(deps, ctx)),
    post('second-factor', ['factor'], (ctx) => postSecondFactor(deps, ctx, field(ctx, 'factor'))),
    post('resend', [], (ctx) => postSecondFactor(deps, ctx, 'sms_code')),
    post('code', ['code'], (ctx) => postCode(deps, ctx)),
    post('passkey', ['credential'], (ctx) => postPasskey(deps, ctx)),
    post('passkey-enrol', ['credential', 'name'], (ctx) => postPasskeyEnrol(deps, ctx)),
    ...guardianRoutes(deps),
    post('consent', ['decision', 'acting_for', ...CLAIM_NAMES.map((name) => `claim_${name}`)], (ctx) =>
      postConsent(deps, ctx),
    ),
    post('restart', [], (ctx) => postRestart(deps, ctx)),
    post('refuse', [], (ctx) => postRefuse(deps, ctx)),
    ...portalLogoRoutes(deps),
  ];
}

async function getStep(deps: SignInDeps, ctx: Context): Promise<void> {
  await proceed(deps, ctx, await loadVisit(deps, ctx), 'show');
}

async function postIdentify(deps: SignInDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['identify', 'password']);
  if (!visit) return;
  const typed = field(ctx, 'national_id');
  const nationalId = parseNationalId(typed);
  if (!nationalId) {
    const errors = [{ code: 'national_id_malformed', field: 'national_id' }];
    return showStep(deps, ctx, visit, { kind: 'identify' }, { errors, status: 400, typed });
  }
  const outcome = await identifySubject(deps, visit, nationalId, subscriberOf(String(ctx.state['clientAddress'])));
  if (outcome.kind === 'too_many') throw new RequestError('too_many_requests', outcome.retryAfterSeconds);
  redirectToStep(ctx, visit);
}

async function postPassword(deps: SignInDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['password']);
  if (!visit) return;
  const password = sealedField(ctx, 'password');
  if (password.reveal() === '') return refuse(deps, ctx, visit, { kind: 'missing' }, 'password');
  const outcome = await submitPassword(deps, visit, password);
  if (outcome.kind !== 'taken') return refuse(deps, ctx, visit, outcome, 'password');
  const step = stepOf(outcome.visit, deps.clock.now());
  // Where a code by SMS is the only way on, it is on its way before the page that asks for it.
  if (step.kind === 'code' && step.by === 'sms_code') return choose(deps, ctx, outcome.visit, 'sms_code');
  return proceed(deps, ctx, outcome.visit, 'redirect');
}

async function postSecondFactor(deps: SignInDeps, ctx: Context, factor: string): Promise<void> {
  const visit = await loadAt(deps, ctx, ['second_factor', 'code', 'passkey']);
  if (!visit) return;
  const step = stepOf(visit, deps.clock.now());
  const ways = step.kind === 'second_factor' ? step.ways : step.kind === 'code' ? [step.by, ...step.otherWays] : [];
  const by = ways.find((way) => way === factor);
  if (!by || by === 'passkey') throw new RequestError('malformed_request');
  return choose(deps, ctx, visit, by);
}

async function choose(deps: SignInDeps, ctx: Context, visit: Visit, by: 'sms_code' | 'totp'): Promise<void> {
  const outcome = await chooseSecondFactor(deps, visit, by, localeOf(ctx));
  if (outcome.kind === 'chosen') return proceed(deps, ctx, outcome.visit, 'redirect');
  return refuse(deps, ctx, visit, outcome, 'second_factor');
}

async function postCode(deps: SignInDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['code']);
  if (!visit) return;
  const step = stepOf(visit, deps.clock.now());
  if (step.kind !== 'code') return redirectToStep(ctx, visit);
  const code = parseCode(field(ctx, 'code'));
  if (!code) return refuse(deps, ctx, visit, { kind: field(ctx, 'code') === '' ? 'missing' : 'malformed' }, 'code');
  const outcome = await submitCode(deps, visit, step.by, code);
  if (outcome.kind !== 'taken') return refuse(deps, ctx, visit, outcome, 'code');
  return proceed(deps, ctx, outcome.visit, 'redirect');
}

async function postPasskey(deps: SignInDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['identify', 'password', 'second_factor', 'code', 'passkey']);
  if (!visit) return;
  const outcome = await submitPasskey(deps, visit, credentialOf(ctx));
  if (outcome.kind !== 'taken') return refuse(deps, ctx, visit, outcome, 'passkey');
  return proceed(deps, ctx, outcome.visit, 'redirect');
}

async function postPasskeyEnrol(deps: SignInDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['passkey_enrol']);
  if (!visit) return;
  const outcome = await enrolPasskey(deps, visit, credentialOf(ctx), field(ctx, 'name'));
  if (outcome.kind !== 'enrolled') return refuse(deps, ctx, visit, outcome, 'passkey');
  return proceed(deps, ctx, outcome.visit, 'redirect');
}

async function postConsent(deps: SignInDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['consent']);
  const subject = visit?.signIn.who?.account?.subject;
  if (!visit || !subject) return;
  const decision = field(ctx, 'decision');
  if (decision !== 'allow' && decision !== 'deny') throw new RequestError('malformed_request');
  const ticked = CLAIM_NAMES.filter((name) => field(ctx, `claim_${name}`) === 'on');
  const outcome = await submitConsent(deps, visit, subject, {
    allow: decision === 'allow',
    ticked,
    actingFor: field(ctx, 'acting_for'),
  });
  if (outcome.kind === 'refused') return goBack(deps, ctx, 'access_denied');
  if (outcome.kind === 'acting_for_missing') {
    allowFormAction(ctx, visit.interaction.returnOrigin);
    const errors = [{ code: 'acting_for_missing', field: 'acting_for' }];
    return showStep(deps, ctx, visit, { kind: 'consent' }, { errors, status: 400 });
  }
  return proceed(deps, ctx, outcome.visit, 'redirect');
}

async function postRestart(deps: SignInDeps, ctx: Context): Promise<void> {
  redirectToStep(ctx, await startOver(deps, await loadVisit(deps, ctx)));
}

/** The person gives up here and goes back to the portal, which learns no more than that the level was not reached. */
async function postRefuse(deps: SignInDeps, ctx: Context): Promise<void> {
  const visit = await loadVisit(deps, ctx);
  const step = stepOf(visit, deps.clock.now());
  const subject = visit.signIn.who?.account?.subject;
  if (step.kind !== 'unavailable' || !subject) return goBack(deps, ctx, 'access_denied');
  await record(deps.db, signInRefused(subject, visit.portal.portalId, step.reason), deps.clock.now());
  return goBack(deps, ctx, 'unmet_authentication_requirements');
}

async function goBack(deps: SignInDeps, ctx: Context, code: RefusalCode): Promise<void> {
  if (!(await deps.interactions.refuse(ctx, code))) throw new RequestError('interaction_gone');
}
