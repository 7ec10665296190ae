import type { Context } from 'koa';
import { open, type Route } from '../http/route.ts';
import type { ShowActivation } from './activation-pages.routes.ts';
import { activationStep, type ActivationStep } from './activation-step.policy.ts';
import type { Activation } from './activation.ts';
import {
  ACTIVATION_SECONDS,
  activationKeyOf,
  selectActivation,
  type ActivationKey,
  type ActivationStoreDeps,
} from './activation.store.ts';
import { doorCookie, seeOther } from './door-cookie.routes.ts';
import { MALFORMED, type Refused } from './register-pages.routes.ts';

/** Where each step of an activation stands. */
export const PAGES: Readonly<Record<ActivationStep, string>> = {
  number: '/activate',
  code: '/activate/code',
  password: '/activate/password',
  factor: '/activate/factor',
  done: '/activate/done',
};

/** A form with this wrong in it: nothing was done. */
export const wrong = (code: string, name?: string): Refused => ({
  error: { code, ...(name && { field: name }) },
  status: MALFORMED,
});

/** What every page of an activation needs: whose it is by the browser's cookie, and the way to the step it stands at. */
export function activationDoor(deps: ActivationStoreDeps & { readonly issuer: string }) {
  const token = doorCookie(deps.issuer, 'activate', ACTIVATION_SECONDS);
  const keyOf = (ctx: Context): ActivationKey | undefined => activationKeyOf(token.get(ctx));
  const load = async (ctx: Context): Promise<Activation | undefined> => {
    const key = keyOf(ctx);
    return key && selectActivation(deps, key);
  };
  const toStep = async (ctx: Context): Promise<void> => seeOther(ctx, PAGES[activationStep(await load(ctx))]);

  /** Shows the page again with what was wrong; if it is no longer this step's, the page of the step. */
  async function again(ctx: Context, show: ShowActivation, refused: Refused, waitSeconds?: number): Promise<void> {
    const key = keyOf(ctx);
    const activation = await load(ctx);
    if (!key || activation?.kind !== 'open') return toStep(ctx);
    if (waitSeconds !== undefined) ctx.set('Retry-After', String(waitSeconds));
    await show(ctx, key, activation, refused);
  }

  /** A page of one step: any other step redirects to its own page. */
  const pageOf = (step: ActivationStep, path: string, show: ShowActivation): Route => ({
    method: 'GET',
    path,
    guard: open,
    handle: async (ctx) => {
      const key = keyOf(ctx);
      const activation = await load(ctx);
      if (!key || activation?.kind !== 'open' || activationStep(activation) !== step) return toStep(ctx);
      await show(ctx, key, activation);
    },
  });
  return { token, keyOf, load, toStep, again, pageOf };
}
