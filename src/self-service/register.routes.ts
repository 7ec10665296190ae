import type { Context } from 'koa';
import { field, sealedField } from '../http/form.ts';
import { localeOf, page, type FieldError } from '../http/page.ts';
import { RequestError } from '../http/request-error.ts';
import { open, type Route } from '../http/route.ts';
import { query } from '../http/serve-routes.ts';
import type { InteractionId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import { unreachable } from '../kernel/unreachable.ts';
import { confirmRegistrationCode } from './confirm-registration-code.ts';
import { parseDeclaration } from './declaration.ts';
import { doorCookie, seeOther } from './door-cookie.routes.ts';
import { finishRegistration, type FinishDeps } from './finish-registration.ts';
import { FIELDS, showCode, showPassword, MALFORMED, type Refused } from './register-pages.routes.ts';
import { mayShow, registrationStep, type RegistrationStep } from './registration-step.policy.ts';
import {
  deleteRegistration,
  newRegistrationToken,
  REGISTRATION_SECONDS,
  registrationKeyOf,
  selectRegistration,
} from './registration.store.ts';
import type { Registration } from './registration.ts';
import { resendRegistrationCode } from './resend-registration-code.ts';
import type { RegisterValues } from './self-service.views.ts';
import { startRegistration, type StartRegistrationDeps } from './start-registration.ts';

export interface RegisterDeps extends StartRegistrationDeps, FinishDeps {
  readonly issuer: string;
}

const PAGES: Readonly<Record<RegistrationStep, string>> = {
  declare: '/register',
  code: '/register/code',
  password: '/register/password',
  done: '/register/done',
};
const HOUR = 60 * 60;
/** By address: whole communes share one behind their carrier, so the tight limits are by number and phone. */
const DECLARE = { points: 60, seconds: HOUR } as const;
const TRY = { points: 200, seconds: HOUR } as const;
/** oidc-provider's uid; whether it still is open is asked where it leads. */
const INTERACTION = /^[\w-]{10,64}$/;

/** Registration at level 01 (Decree 69/2024 art. 10): form, code, password, done. */
export function registerRoutes(deps: RegisterDeps): readonly Route[] {
  const token = doorCookie(deps.issuer, 'register', REGISTRATION_SECONDS);
  const origin = doorCookie(deps.issuer, 'register-from', REGISTRATION_SECONDS);

  const keyOf = (ctx: Context) => registrationKeyOf(token.get(ctx));
  const load = async (ctx: Context): Promise<Registration | undefined> => {
    const key = keyOf(ctx);
    return key && selectRegistration(deps, key);
  };
  const toStep = async (ctx: Context) => seeOther(ctx, PAGES[registrationStep(await load(ctx))]);
  const interactionOf = (ctx: Context): InteractionId | undefined => {
    const id = query(ctx, 'interaction') ?? origin.get(ctx);
    return id !== undefined && INTERACTION.test(id) ? (id as InteractionId) : undefined;
  };
  const signInUrl = (interaction: InteractionId | undefined) =>
    interaction ? `/interaction/${interaction}` : '/account';

  /** A page of one step: any other step redirects to its own page. */
  const pageOf = (
    step: RegistrationStep,
    show: (ctx: Context, registration: Registration | undefined) => void,
  ): Route => ({
    method: 'GET',
    path: PAGES[step],
    guard: open,
    handle: async (ctx) => {
      const registration = await load(ctx);
      const now = registrationStep(registration);
      if (!mayShow(step, now)) return seeOther(ctx, PAGES[now]);
      show(ctx, registration);
    },
  });

  const showForm = (ctx: Context, values?: RegisterValues, errors?: readonly FieldError[], status = 200) =>
    page(
      ctx,
      'self-service/register',
      { signInUrl: signInUrl(interactionOf(ctx)), ...(values && { values }), ...(errors && { errors }) },
      status,
    );
  /** The form comes back with one thing wrong; the registration is looked up anew, since it may have ended. */
  const again = async (ctx: Context, show: typeof showCode, refused: Refused, retryAfterSeconds?: number) => {
    const registration = await load(ctx);
    if (registration?.kind !== 'open') return toStep(ctx);
    if (retryAfterSeconds !== undefined) ctx.set('retry-after', String(retryAfterSeconds));
    show(ctx, registration, deps.clock.now(), refused);
  };

  async function declare(ctx: Context): Promise<void> {
    const values = Object.fromEntries(FIELDS.map((name) => [name, field(ctx, name)])) as unknown as RegisterValues;
    const parsed = parseDeclaration(values, deps.clock.now());
    if (parsed.kind === 'malformed') return showForm(ctx, values, parsed.errors, MALFORMED);
    const fresh = newRegistrationToken(); // never the browser's own: nobody can prepare one for somebody else
    const key = registrationKeyOf(fresh);
    if (!key) throw new Error('a fresh token has no key');
    const interaction = interactionOf(ctx);
    const { declaration } = parsed;
    const outcome = await startRegistration(deps, {
      key,
      declaration,
      locale: localeOf(ctx),
      ...(interaction && { interaction }),
    });
    switch (outcome.kind) {
      case 'started':
        token.set(ctx, fresh);
        return seeOther(ctx, PAGES.code);
      case 'registry_unavailable':
        return showForm(ctx, values, [{ code: 'registry_unavailable' }], 503);
      case 'unavailable':
        return showForm(ctx, values, [{ code: 'unavailable' }], 503);
      case 'too_many':
        ctx.set('retry-after', String(outcome.retryAfterSeconds));
        return showForm(ctx, values, [{ code: 'register_too_many' }], 429);
      default:
        return unreachable(outcome);
    }
  }

  async function confirm(ctx: Context): Promise<void> {
    const code = sealedField(ctx, 'code').reveal().normalize('NFKC').replace(/[\s-]/g, '');
    const key = keyOf(ctx);
    if (!key) return toStep(ctx);
    if (code === '') return again(ctx, showCode, { error: { code: 'code_missing', field: 'code' }, status: MALFORMED });
    if (!/^\d{6}$/.test(code))
      return again(ctx, showCode, { error: { code: 'code_malformed', field: 'code' }, status: MALFORMED });
    const outcome = await confirmRegistrationCode(deps, key, new Sealed(code));
    switch (outcome.kind) {
      case 'proven':
      case 'not_now':
        return toStep(ctx);
      case 'rejected':
      case 'expired':
        return again(ctx, showCode, { error: { code: `code_${outcome.kind}`, field: 'code' }, status: MALFORMED });
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
    const outcome = await resendRegistrationCode(deps, key, localeOf(ctx));
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

  async function choosePassword(ctx: Context): Promise<void> {
    const password = sealedField(ctx, 'password');
    const key = keyOf(ctx);
    if (!key) return toStep(ctx);
    const outcome = await finishRegistration(deps, key, password);
    switch (outcome.kind) {
      case 'opened':
      case 'not_now':
        return toStep(ctx);
      case 'taken':
        token.clear(ctx);
        return page(ctx, 'self-service/register-neutral', { signInUrl: signInUrl(interactionOf(ctx)) }, 409);
      case 'registry_unavailable':
        return again(ctx, showPassword, { error: { code: 'registry_unavailable' }, status: 503 });
      case 'refused':
        return again(ctx, showPassword, {
          error: { code: `password_${outcome.reason}`, field: 'password' },
          status: MALFORMED,
        });
      case 'busy': {
        const seconds = outcome.retryAfterSeconds;
        return again(ctx, showPassword, { error: { code: 'busy', values: { seconds } }, status: 503 }, seconds);
      }
      default:
        return unreachable(outcome);
    }
  }

  async function restart(ctx: Context): Promise<void> {
    const key = keyOf(ctx);
    if (key) await deleteRegistration(deps, key);
    token.clear(ctx);
    seeOther(ctx, PAGES.declare);
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
    pageOf('declare', (ctx) => {
      const interaction = interactionOf(ctx);
      if (interaction) origin.set(ctx, interaction);
      showForm(ctx);
    }),
    pageOf(
      'code',
      (ctx, registration) => registration?.kind === 'open' && showCode(ctx, registration, deps.clock.now()),
    ),
    pageOf(
      'password',
      (ctx, registration) => registration?.kind === 'open' && showPassword(ctx, registration, deps.clock.now()),
    ),
    pageOf('done', (ctx, registration) => {
      const interaction = registration?.interaction;
      const continueUrl = signInUrl(interaction);
      page(ctx, 'self-service/register-done', { continueUrl, toSignIn: interaction !== undefined });
    }),
    form(PAGES.declare, FIELDS, DECLARE, declare),
    form(PAGES.code, ['code'], TRY, confirm),
    form('/register/resend', [], TRY, resend),
    form('/register/restart', [], TRY, restart),
    form(PAGES.password, ['password'], TRY, choosePassword),
  ];
}
