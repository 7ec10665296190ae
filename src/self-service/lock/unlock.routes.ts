import type { Context } from 'koa';
import { beginPasskeyAssertion } from '../../authenticators/webauthn/begin-passkey-assertion.ts';
import { sealedField } from '../../http/form.ts';
import { page } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import { open, type Route } from '../../http/route.ts';
import { randomToken } from '../../kernel/random.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { doorCookie } from '../door-cookie.routes.ts';
import type { UnlockModel } from './lock.views.ts';
import { unlockByPasskey, type UnlockByPasskeyDeps } from './unlock-by-passkey.ts';

export type UnlockDeps = UnlockByPasskeyDeps & { readonly issuer: string };

const UNLOCK = '/unlock';
const REJECTED = 422;
/** As long as its challenge is good. */
const CEREMONY_SECONDS = 5 * 60;
const TRY = { points: 60, seconds: 60 * 60 } as const;

/** Opening again what its holder locked, without a session: a locked person cannot sign in. */
export function unlockRoutes(deps: UnlockDeps): readonly Route[] {
  const cookie = doorCookie(deps.issuer, 'unlock', CEREMONY_SECONDS);

  async function show(ctx: Context, error?: 'unlock_rejected' | 'unlock_expired'): Promise<void> {
    const visit = randomToken(16);
    cookie.set(ctx, visit);
    const passkey = await beginPasskeyAssertion(deps, transactionOf(visit));
    const model: UnlockModel = { passkey, ...(error && { errors: [{ code: error }] }) };
    page(ctx, 'self-service/unlock', model, error ? REJECTED : 200);
  }

  async function take(ctx: Context): Promise<void> {
    const response = parseJson(sealedField(ctx, 'credential').reveal());
    const outcome = await unlockByPasskey(deps, transactionOf(cookie.get(ctx) ?? ''), response);
    switch (outcome.kind) {
      case 'opened':
      case 'still_locked':
      case 'not_locked':
        cookie.clear(ctx);
        return page(ctx, 'self-service/unlocked', { outcome: outcome.kind });
      case 'rejected':
        return show(ctx, 'unlock_rejected');
      case 'expired':
        return show(ctx, 'unlock_expired');
      case 'unavailable':
        throw new RequestError('unavailable');
      default:
        return unreachable(outcome);
    }
  }

  return [
    { method: 'GET', path: UNLOCK, guard: open, limit: TRY, handle: (ctx) => show(ctx) },
    { method: 'POST', path: UNLOCK, guard: open, fields: ['credential'], limit: TRY, handle: take },
  ];
}

/** A challenge given out here proves nothing anywhere else, and in no other browser. */
const transactionOf = (visit: string): string => `unlock:${visit}`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
