import type { Context } from 'koa';
import { field, sealedField } from '../http/form.ts';
import { localeOf, page, type FieldError } from '../http/page.ts';
import { RequestError } from '../http/request-error.ts';
import { open, type Route } from '../http/route.ts';
import type { Texts } from '../http/texts.ts';
import { Sealed } from '../kernel/sealed.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { parseNationalId } from '../registry/national-id.ts';
import { activationPages, type ActivationPagesDeps, type ShowActivation } from './activation-pages.routes.ts';
import { activationDoor, PAGES, wrong } from './activation-door.routes.ts';
import { activationStep, mayShowActivation } from './activation-step.policy.ts';
import { activationKeyOf, deleteActivation, newActivationToken } from './activation.store.ts';
import { confirmActivationCode, resendActivationCode } from './confirm-activation-code.ts';
import { seeOther } from './door-cookie.routes.ts';
import { finishActivation, type FinishActivationDeps, type NewFactor } from './finish-activation.ts';
import { MALFORMED } from './register-pages.routes.ts';
import { startActivation, type StartActivationDeps } from './start-activation.ts';
import { takeActivationPassword, type ActivationPasswordDeps } from './take-activation-password.ts';

export type ActivationDeps = StartActivationDeps &
  ActivationPasswordDeps &
  FinishActivationDeps &
  ActivationPagesDeps & { readonly issuer: string; readonly texts: Texts };

const APP = '/activate/app';
const HOUR = 60 * 60;
/** By address: whole communes share one behind their carrier, so the tight limits are by number and phone. */
const BEGIN = { points: 60, seconds: HOUR } as const;
const TRY = { points: 200, seconds: HOUR } as const;
const NAME_LENGTH = 60;

/** Activation on the citizen's own device (Decree 69/2024 art. 14(1)): number, code, password, passkey or app. */
export function activationRoutes(deps: ActivationDeps): readonly Route[] {
  const { token, keyOf, load, toStep, again, pageOf } = activationDoor(deps);
  const { showCode, showPassword, showFactor, showApp } = activationPages(deps);

  function showNumber(ctx: Context, error?: FieldError, status = 200): void {
    const model = error ? { errors: [error], values: { national_id: field(ctx, 'national_id') } } : {};
    page(ctx, 'self-service/activate', model, status);
  }

  async function begin(ctx: Context): Promise<void> {
    const typed = field(ctx, 'national_id');
    const nationalId = parseNationalId(typed);
    const code = typed === '' ? 'national_id_missing' : 'national_id_malformed';
    if (!nationalId) return showNumber(ctx, { code, field: 'national_id' }, MALFORMED);
    const fresh = newActivationToken();
    const key = activationKeyOf(fresh);
    if (!key) throw new Error('a token of ours has no key');
    const outcome = await startActivation(deps, key, nationalId, localeOf(ctx));
    switch (outcome.kind) {
      case 'started':
        token.set(ctx, fresh);
        return seeOther(ctx, PAGES.code);
      case 'too_many':
        ctx.set('Retry-After', String(outcome.retryAfterSeconds));
        return showNumber(ctx, { code: 'activate_too_many' }, 429);
      case 'unavailable':
        return showNumber(ctx, { code: 'unavailable' }, 503);
      default:
        return unreachable(outcome);
    }
  }

  async function confirm(ctx: Context): Promise<void> {
    const code = field(ctx, 'code');
    const key = keyOf(ctx);
    if (!key) return toStep(ctx);
    if (!/^\d{6}$/.test(code.normalize('NFKC').replace(/\s/g, '')))
      return again(ctx, showCode, wrong(code === '' ? 'code_missing' : 'code_malformed', 'code'));
    const outcome = await confirmActivationCode(deps, key, new Sealed(code));
    switch (outcome.kind) {
      case 'proven':
      case 'not_now':
        return toStep(ctx);
      case 'rejected':
      case 'expired':
        return again(ctx, showCode, wrong(`code_${outcome.kind}`, 'code'));
      case 'locked':
        return again(ctx, showCode, { error: { code: 'code_locked', values: { until: outcome.until } }, status: 429 });
      case 'exhausted':
        throw new RequestError('too_many_requests');
      case 'unavailable':
        return again(ctx, showCode, { error: { code: 'unavailable' }, status: 503 });
      default:
        return unreachable(outcome);
    }
  }

  async function resend(ctx: Context): Promise<void> {
    const key = keyOf(ctx);
    if (!key) return toStep(ctx);
    const outcome = await resendActivationCode(deps, key, localeOf(ctx));
    switch (outcome.kind) {
      case 'sent':
      case 'not_now':
        return toStep(ctx);
      case 'too_soon': {
        const seconds = outcome.retryAfterSeconds;
        return again(ctx, showCode, { error: { code: 'resend_too_soon', values: { seconds } }, status: 429 }, seconds);
      }
      case 'too_many':
        return again(ctx, showCode, {
          error: { code: 'register_resend_too_many', values: { until: outcome.until } },
          status: 429,
        });
      case 'unavailable':
        return again(ctx, showCode, { error: { code: 'unavailable' }, status: 503 });
      default:
        return unreachable(outcome);
    }
  }

  async function takePassword(ctx: Context): Promise<void> {
    const password = sealedField(ctx, 'password');
    const key = keyOf(ctx);
    if (!key) return toStep(ctx);
    const outcome = await takeActivationPassword(deps, key, password);
    switch (outcome.kind) {
      case 'taken':
        // A level-01 account may hold the factor already: then nothing more is asked.
        return finish(ctx, { kind: 'held' }, showFactor);
      case 'not_now':
        return toStep(ctx);
      case 'refused':
        return again(ctx, showPassword, wrong(`password_${outcome.reason}`, 'password'));
      case 'rejected':
        return again(ctx, showPassword, wrong('password_wrong', 'password'));
      case 'locked':
        return again(ctx, showPassword, {
          error: { code: 'code_locked', values: { until: outcome.until } },
          status: 429,
        });
      case 'exhausted':
        throw new RequestError('too_many_requests');
      case 'busy': {
        const seconds = outcome.retryAfterSeconds;
        return again(ctx, showPassword, { error: { code: 'busy', values: { seconds } }, status: 503 }, seconds);
      }
      case 'unavailable':
        return again(ctx, showPassword, { error: { code: 'unavailable' }, status: 503 });
      default:
        return unreachable(outcome);
    }
  }

  async function finish(ctx: Context, factor: NewFactor, show: ShowActivation): Promise<void> {
    const key = keyOf(ctx);
    if (!key) return toStep(ctx);
    const outcome = await finishActivation(deps, key, factor, localeOf(ctx));
    switch (outcome.kind) {
      case 'activated':
      case 'not_now':
        return toStep(ctx);
      case 'rejected':
        return factor.kind === 'totp'
          ? again(ctx, show, wrong('code_rejected', 'code'))
          : again(ctx, show, wrong('passkey_not_added'));
      case 'expired':
        return again(ctx, show, wrong('enrolment_expired'));
      case 'gone':
        token.clear(ctx);
        return page(ctx, 'self-service/activate-neutral', {}, 409);
      default:
        return unreachable(outcome);
    }
  }

  async function takePasskey(ctx: Context): Promise<void> {
    const typed = field(ctx, 'name');
    if (typed.length > NAME_LENGTH) return again(ctx, showFactor, wrong('passkey_name_malformed', 'name'));
    const name = typed || deps.texts(localeOf(ctx), 'passkey.section');
    const response = parseJson(sealedField(ctx, 'credential').reveal());
    return finish(ctx, { kind: 'passkey', response, name }, showFactor);
  }

  async function restart(ctx: Context): Promise<void> {
    const key = keyOf(ctx);
    if (key) await deleteActivation(deps, key);
    token.clear(ctx);
    seeOther(ctx, PAGES.number);
  }

  const form = (path: string, fields: readonly string[], limit: Route['limit'], handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    guard: open,
    fields,
    ...(limit && { limit }),
    handle,
  });
  return [
    {
      method: 'GET',
      path: PAGES.number,
      guard: open,
      handle: async (ctx) => {
        const step = activationStep(await load(ctx));
        return mayShowActivation('number', step) ? showNumber(ctx) : seeOther(ctx, PAGES[step]);
      },
    },
    pageOf('code', PAGES.code, showCode),
    pageOf('password', PAGES.password, showPassword),
    pageOf('factor', PAGES.factor, showFactor),
    pageOf('factor', APP, showApp),
    {
      method: 'GET',
      path: PAGES.done,
      guard: open,
      handle: async (ctx) => {
        const activation = await load(ctx);
        if (activation?.kind !== 'activated') return toStep(ctx);
        page(ctx, 'self-service/activate-done', { level: activation.level, isDependants: activation.isDependants });
      },
    },
    form(PAGES.number, ['national_id'], BEGIN, begin),
    form(PAGES.code, ['code'], TRY, confirm),
    form('/activate/resend', [], TRY, resend),
    form('/activate/restart', [], TRY, restart),
    form(PAGES.password, ['password'], TRY, takePassword),
    form('/activate/passkey', ['credential', 'name'], TRY, takePasskey),
    form(APP, ['code'], TRY, (ctx) => finish(ctx, { kind: 'totp', code: sealedField(ctx, 'code') }, showApp)),
  ];
}

/** What the device answered; undefined for what is no JSON, which is refused like any other wrong answer. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
