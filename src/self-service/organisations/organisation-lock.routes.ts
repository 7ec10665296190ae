import type { Context } from 'koa';
import type { ChangeAccountDeps } from '../../accounts/change-account.ts';
import { lockAccount } from '../../accounts/lock-account.ts';
import { representativeActor } from '../../accounts/organisations/events.ts';
import { unlockOrganisation } from '../../accounts/organisations/unlock-organisation.ts';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Route } from '../../http/route.ts';
import { query } from '../../http/serve-routes.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import type { AccountSession } from '../account-session.routes.ts';
import type { Visitor } from '../find-visitor.ts';
import { freshly } from './freshly.routes.ts';
import type { OrganisationNews } from './organisations.views.ts';
import { findOwnOrganisation } from './own-organisation.routes.ts';

interface Back {
  /** Address of the page of organisations, and the ways back to it. */
  readonly list: string;
  readonly done: (ctx: Context, news: OrganisationNews) => void;
  readonly refuse: (ctx: Context, visitor: Visitor, error: FieldError) => Promise<void>;
}

const TRY = { points: 60, seconds: 60 * 60 } as const;
const NOT_ASKED = { code: 'organisation_lock_not_asked' } as const;

/** A legal representative locks the organisation's account, and ends that lock again; no other ground is touched. */
export function organisationLockRoutes(
  deps: ChangeAccountDeps,
  session: AccountSession,
  { list, done, refuse }: Back,
): readonly Route[] {
  const [lockAddress, unlockAddress] = [`${list}/lock`, `${list}/unlock`];
  const fresh = freshly(deps, session);

  async function askLock(ctx: Context, visitor: Visitor): Promise<void> {
    const { record } = await findOwnOrganisation(deps, visitor, query(ctx, 'number') ?? '');
    const { name, taxNumber } = record.reveal();
    page(ctx, 'self-service/lock-organisation', { name, taxNumber });
  }

  async function lock(ctx: Context, visitor: Visitor): Promise<void> {
    const { subject } = await findOwnOrganisation(deps, visitor, field(ctx, 'tax_number'));
    await lockAccount(deps, subject, { ground: 'self_request', actor: representativeActor(visitor.subject) });
    return done(ctx, 'locked');
  }

  async function askUnlock(ctx: Context, visitor: Visitor): Promise<void> {
    const { record, grounds, state } = await findOwnOrganisation(deps, visitor, query(ctx, 'number') ?? '');
    if (state === 'ended' || !grounds.includes('self_request')) return refuse(ctx, visitor, NOT_ASKED);
    const { name, taxNumber } = record.reveal();
    const others = [...new Set(grounds)].filter((ground) => ground !== 'self_request');
    page(ctx, 'self-service/unlock-organisation', { name, taxNumber, others });
  }

  async function unlock(ctx: Context, visitor: Visitor): Promise<void> {
    const { subject, state } = await findOwnOrganisation(deps, visitor, field(ctx, 'tax_number'));
    if (state === 'ended') return refuse(ctx, visitor, NOT_ASKED);
    const outcome = await unlockOrganisation(deps, visitor.account, subject);
    switch (outcome.kind) {
      case 'ended':
        return done(ctx, outcome.isOpen ? 'unlocked' : 'lock_ended');
      case 'not_open':
      case 'never_ends':
      case 'not_this_way':
        return refuse(ctx, visitor, NOT_ASKED);
      case 'not_representing':
      case 'no_account':
        throw new RequestError('not_found');
      default:
        return unreachable(outcome);
    }
  }

  const post = (path: string, handle: typeof unlock) =>
    session.route({ method: 'POST', path, fields: ['tax_number'], limit: TRY, handle: fresh(list, handle) });
  return [
    session.route({ method: 'GET', path: lockAddress, handle: fresh(list, askLock) }),
    post(lockAddress, lock),
    session.route({ method: 'GET', path: unlockAddress, handle: fresh(list, askUnlock) }),
    post(unlockAddress, unlock),
  ];
}
