import { listAuthenticators } from '../../authenticators/list-authenticators.ts';
import { requireFreshFactor } from '../../authenticators/require-fresh-factor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../storage/postgres.ts';
import type { AccountRoute, AccountSession } from '../account-session.routes.ts';

type Handle = AccountRoute['handle'];

/** Wraps a route that does something: it needs a fresh sign-in at the highest factor held, from which one comes back to `wanted`. */
export const freshly =
  (deps: { readonly db: Database; readonly clock: Clock }, session: AccountSession) =>
  (wanted: string, handle: Handle): Handle =>
  async (ctx, visitor) => {
    const factor = await requireFreshFactor(deps, visitor.change);
    if (factor.kind === 'fresh') return handle(ctx, visitor);
    session.stepUp(ctx, visitor, await listAuthenticators(deps, visitor.subject), wanted);
  };
