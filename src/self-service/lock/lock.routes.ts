import type { Context } from 'koa';
import type { ChangeAccountDeps } from '../../accounts/change-account.ts';
import { lockAccount } from '../../accounts/lock-account.ts';
import { isLockLinkGood, lockByLink } from '../../accounts/lock-links/lock-by-link.ts';
import { listAuthenticators } from '../../authenticators/list-authenticators.ts';
import { requireFreshFactor } from '../../authenticators/require-fresh-factor.ts';
import { page } from '../../http/page.ts';
import { open, type Route } from '../../http/route.ts';
import { param } from '../../http/serve-routes.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import type { AccountSession } from '../account-session.routes.ts';
import { seeOther } from '../door-cookie.routes.ts';
import type { Visitor } from '../find-visitor.ts';

export type LockDeps = ChangeAccountDeps;

const LOCK = '/account/lock';
const LOCKED = '/locked';
const GONE = 410;
const TRY = { points: 60, seconds: 60 * 60 } as const;

/** The holder locks the account at once: from its pages after a fresh sign-in, or by the link in a notice. */
export function lockRoutes(deps: LockDeps, session: AccountSession): readonly Route[] {
  async function ask(ctx: Context, visitor: Visitor): Promise<void> {
    const fresh = await requireFreshFactor(deps, visitor.change);
    if (fresh.kind === 'step_up') return stepUp(ctx, visitor);
    page(ctx, 'self-service/lock-account', { hasPasskey: fresh.enrolled.passkeys.length > 0 });
  }

  async function lock(ctx: Context, visitor: Visitor): Promise<void> {
    const fresh = await requireFreshFactor(deps, visitor.change);
    if (fresh.kind === 'step_up') return stepUp(ctx, visitor);
    await lockAccount(deps, visitor.subject, { ground: 'self_request', actor: 'holder' });
    seeOther(ctx, LOCKED);
  }

  const stepUp = async (ctx: Context, visitor: Visitor) =>
    session.stepUp(ctx, visitor, await listAuthenticators(deps, visitor.subject), LOCK);
  const showGone = (ctx: Context) => page(ctx, 'self-service/lock-link-gone', {}, GONE);
  const tokenOf = (ctx: Context) => new Sealed(param(ctx, 'token'));

  /** Only asks: programs that read mail open links too. */
  async function askByLink(ctx: Context): Promise<void> {
    if (!(await isLockLinkGood(deps, tokenOf(ctx)))) return showGone(ctx);
    page(ctx, 'self-service/lock-by-link', { action: ctx.path });
  }

  async function useLink(ctx: Context): Promise<void> {
    const outcome = await lockByLink(deps, tokenOf(ctx));
    switch (outcome.kind) {
      case 'locked':
        return seeOther(ctx, LOCKED);
      case 'link_gone':
        return showGone(ctx);
      default:
        return unreachable(outcome);
    }
  }

  return [
    session.route({ method: 'GET', path: LOCK, handle: ask }),
    session.route({ method: 'POST', path: LOCK, fields: [], limit: TRY, handle: lock }),
    { method: 'GET', path: '/lock/:token', guard: open, limit: TRY, handle: askByLink },
    { method: 'POST', path: '/lock/:token', guard: open, fields: [], limit: TRY, handle: useLink },
    { method: 'GET', path: LOCKED, guard: open, handle: (ctx) => page(ctx, 'self-service/locked', {}) },
  ];
}
