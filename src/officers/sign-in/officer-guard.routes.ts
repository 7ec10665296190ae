import type { Context } from 'koa';
import { record } from '../../audit/record.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Guard } from '../../http/route.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { officerRefused } from '../events.ts';
import { mayDo, type OfficerAction, type Reach } from '../officer-permissions.policy.ts';
import type { Officer } from '../officer.ts';
import type { AtConsole } from './find-current-officer.ts';
import { doorOf, SentElsewhere } from './officer-door.routes.ts';

/** A guard that says which row of the permission table it stands for. */
export type OfficerGuard = Guard & { readonly action?: OfficerAction };

const AT = 'atConsole';
const REACH = 'officerReach';

/** Any officer who is signed in. Everybody else is sent to the sign-in, and comes back to this page. */
export const signedIn: OfficerGuard = async (ctx) => void (await enter(ctx));

/**
 * Officers whose role has this action in the permission table. Who is not signed in goes to the sign-in, who must show the
 * passkey again goes to do it; both come back (after a POST to the page it was sent from: nothing is sent again by itself).
 * All others get `forbidden`, and the audit trail an `officer.refused`.
 */
export function officerMay(action: OfficerAction): OfficerGuard {
  const guard: Guard = async (ctx) => {
    const { officer } = await enter(ctx);
    const { clock, db } = doorOf(ctx).deps;
    const now = clock.now();
    const decision = mayDo(officer.role, action, epochSeconds(now) - officer.authTimeSeconds);
    switch (decision.kind) {
      case 'permitted':
        ctx.state[REACH] = decision.reach;
        return;
      case 'needs_fresh_passkey':
        throw new SentElsewhere('/console/re-authenticate');
      case 'forbidden':
        await record(db, officerRefused(officer, action, ctx.method, String(ctx.state['routePattern'])), now);
        throw new RequestError('forbidden');
      default:
        unreachable(decision);
    }
  };
  return Object.assign(guard, { action });
}

async function enter(ctx: Context): Promise<AtConsole> {
  const at = await doorOf(ctx).find(ctx);
  if (!at) throw new SentElsewhere('/console/sign-in');
  ctx.state[AT] = at;
  return at;
}

/** Who passed the guard of this route. A defect where no officer's guard stands. */
export function atConsole(ctx: Context): AtConsole {
  const at = ctx.state[AT] as AtConsole | undefined;
  if (!at) throw new Error('no officer passed a guard here');
  return at;
}

export const currentOfficer = (ctx: Context): Officer => atConsole(ctx).officer;

/** How far the action that the guard let pass reaches. A defect where `officerMay` does not stand. */
export function reachOf(ctx: Context): Reach {
  const reach = ctx.state[REACH] as Reach | undefined;
  if (!reach) throw new Error('this route asked for no action');
  return reach;
}
