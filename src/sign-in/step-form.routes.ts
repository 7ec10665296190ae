import type { Context } from 'koa';
import { field } from '../http/form.ts';
import { localeOf } from '../http/page.ts';
import { RequestError } from '../http/request-error.ts';
import { allowFormAction } from '../http/security-headers.ts';
import { advance, type AdvanceDeps } from './advance.ts';
import { loadVisit, type LoadVisitDeps } from './load-visit.routes.ts';
import type { Step } from './next-step.policy.ts';
import { refusalOf, type FormName, type Refused } from './refusal-of.ts';
import { baseOf, showStep, type Refusal, type ShowDeps } from './show-step.routes.ts';
import { stepOf } from './step-of.ts';
import type { Visit } from './visit.ts';

/** What every form of a visit needs, to be taken and to go on. */
export type StepFormDeps = LoadVisitDeps & AdvanceDeps & ShowDeps;

/** The visit, if its form belongs to the step it stands at; else the person is taken to that step and nothing happens. */
export async function loadAt(
  deps: StepFormDeps,
  ctx: Context,
  kinds: readonly Step['kind'][],
): Promise<Visit | undefined> {
  const visit = await loadVisit(deps, ctx);
  if (kinds.includes(stepOf(visit, deps.clock.now()).kind)) return visit;
  redirectToStep(ctx, visit);
  return undefined;
}

/** On to the next page, or back to the portal when all is shown. */
export async function proceed(deps: StepFormDeps, ctx: Context, visit: Visit, how: 'show' | 'redirect'): Promise<void> {
  const advanced = await advance(deps, visit, localeOf(ctx));
  if (advanced.kind === 'signed_in') {
    if (await deps.interactions.finish(ctx, advanced.signedIn, advanced.actingFor)) return;
    throw new RequestError('interaction_gone');
  }
  if (how === 'redirect') return redirectToStep(ctx, visit);
  allowFormAction(ctx, visit.interaction.returnOrigin);
  return showStep(deps, ctx, advanced.visit, advanced.step);
}

/** The form again, with what was wrong. If its twin (a double press) has gone on meanwhile, the person goes on with it. */
export async function refuse(
  deps: StepFormDeps,
  ctx: Context,
  before: Visit,
  refused: Refused,
  form: FormName,
): Promise<void> {
  const visit = await loadVisit(deps, ctx);
  const step = stepOf(visit, deps.clock.now());
  const hasGoneOn = step.kind !== stepOf(before, deps.clock.now()).kind;
  if (step.kind === 'finish' || hasGoneOn) return redirectToStep(ctx, visit);
  const refusal: Refusal = refusalOf(refused, form);
  allowFormAction(ctx, visit.interaction.returnOrigin);
  return showStep(deps, ctx, visit, step, refusal);
}

/** 303: a reload or the back button never sends a form twice. */
export function redirectToStep(ctx: Context, visit: Visit): void {
  ctx.status = 303;
  ctx.redirect(baseOf(visit));
}

/** What the browser's passkey answered; throws `malformed_request` when it is no JSON. */
export function credentialOf(ctx: Context): unknown {
  try {
    return JSON.parse(field(ctx, 'credential'));
  } catch {
    throw new RequestError('malformed_request');
  }
}
