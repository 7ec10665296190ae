import type { Context } from 'koa';
import { field } from '../http/form.ts';
import { localeOf } from '../http/page.ts';
import { open, type Route } from '../http/route.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { confirmByGuardian, type ConfirmDeps, type ConfirmOutcome } from './confirm-by-guardian.ts';
import { parseCode } from './parse-code.ts';
import { sendGuardianCode, type SendGuardianCodeDeps } from './send-guardian-code.ts';
import { credentialOf, loadAt, proceed, redirectToStep, refuse, type StepFormDeps } from './step-form.routes.ts';
import type { Visit } from './visit.ts';

export type GuardianDeps = StepFormDeps & ConfirmDeps & SendGuardianCodeDeps;

const BASE = '/interaction/:uid';

/** The guardian beside the dependant, or on the telephone: open as the visit's other forms are, and limited as codes are. */
export const guardianRoutes = (deps: GuardianDeps): readonly Route[] => [
  {
    method: 'POST',
    path: `${BASE}/guardian-passkey`,
    guard: open,
    fields: ['credential'],
    handle: (ctx) => postPasskey(deps, ctx),
  },
  { method: 'POST', path: `${BASE}/guardian-send`, guard: open, fields: [], handle: (ctx) => postSend(deps, ctx) },
  {
    method: 'POST',
    path: `${BASE}/guardian-code`,
    guard: open,
    fields: ['code'],
    handle: (ctx) => postCode(deps, ctx),
  },
];

async function postPasskey(deps: GuardianDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['guardian']);
  if (!visit) return;
  const outcome = await confirmByGuardian(deps, visit, { by: 'passkey', credential: credentialOf(ctx) });
  return answer(deps, ctx, visit, outcome, 'passkey');
}

async function postCode(deps: GuardianDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['guardian']);
  if (!visit) return;
  const code = parseCode(field(ctx, 'code'));
  if (!code) return refuse(deps, ctx, visit, { kind: field(ctx, 'code') === '' ? 'missing' : 'malformed' }, 'code');
  return answer(deps, ctx, visit, await confirmByGuardian(deps, visit, { by: 'sms_code', code }), 'code');
}

async function answer(
  deps: GuardianDeps,
  ctx: Context,
  before: Visit,
  outcome: ConfirmOutcome,
  form: 'passkey' | 'code',
): Promise<void> {
  if ('visit' in outcome) return proceed(deps, ctx, outcome.visit, 'redirect');
  return refuse(deps, ctx, before, outcome, form);
}

async function postSend(deps: GuardianDeps, ctx: Context): Promise<void> {
  const visit = await loadAt(deps, ctx, ['guardian']);
  if (!visit) return;
  const outcome = await sendGuardianCode(deps, visit, localeOf(ctx));
  switch (outcome.kind) {
    case 'sent':
    case 'moved_on':
    case 'no_phone':
      return redirectToStep(ctx, visit);
    case 'too_many':
    case 'unavailable':
      return refuse(deps, ctx, visit, outcome, 'second_factor');
    default:
      return unreachable(outcome);
  }
}
