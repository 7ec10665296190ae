import type { Context, Middleware } from 'koa';
import { putInFrame } from '../../http/page.ts';
import type { Database } from '../../storage/postgres.ts';
import { navigationOf } from '../console-navigation.ts';
import { findCurrentOfficer, type AtConsole, type CurrentOfficerDeps } from './find-current-officer.ts';
import { officerCookie, seeOther } from './officer-cookie.routes.ts';
import { sessionKeyOf } from './officer-session.store.ts';
import { returnAddress } from './return-address.policy.ts';

export interface OfficerDoorDeps extends CurrentOfficerDeps {
  readonly db: Database;
  readonly issuer: string;
}

interface OfficerDoor {
  readonly deps: OfficerDoorDeps;
  /** Who is at the console in this browser; from then on the pages have their menu. */
  find(ctx: Context): Promise<AtConsole | undefined>;
}

/** Thrown by the officers' guards: this page must wait until another has been passed. */
export class SentElsewhere extends Error {
  readonly address: string;
  constructor(address: string) {
    super('sent elsewhere');
    this.address = address;
  }
}

const DOOR = 'officerDoor';
export const doorOf = (ctx: Context): OfficerDoor => ctx.state[DOOR] as OfficerDoor;

/** Stands before the routes: gives the console its frame and its guards what they ask, and sends on whom they sent elsewhere. */
export function officerDoor(deps: OfficerDoorDeps): Middleware {
  const cookie = officerCookie(deps.issuer);
  const door: OfficerDoor = {
    deps,
    async find(ctx) {
      const key = sessionKeyOf(cookie.get(ctx));
      const at = key && (await findCurrentOfficer(deps, key));
      if (at) putInFrame(ctx, frameOf(ctx, at));
      return at;
    },
  };
  return async (ctx, next) => {
    if (ctx.path !== '/console' && !ctx.path.startsWith('/console/')) {
      await next();
      return;
    }
    ctx.state[DOOR] = door;
    putInFrame(ctx, { layout: 'layout-console', words: { nav: [] } });
    try {
      await next();
    } catch (error) {
      if (!(error instanceof SentElsewhere)) throw error;
      seeOther(ctx, `${error.address}?to=${encodeURIComponent(comeBackTo(ctx, deps.issuer))}`);
    }
  };
}

function frameOf(ctx: Context, { officer, office }: AtConsole) {
  const { name, role } = officer;
  const words = { officer: { name, role, office: office.name }, nav: navigationOf(role, ctx.path) };
  return { layout: 'layout-console', words };
}

/** A form is not sent again by itself: back to the page it stood on, as far as the browser says which. */
function comeBackTo(ctx: Context, issuer: string): string {
  if (ctx.method === 'GET') return returnAddress(ctx.url);
  const from = ctx.get('referer');
  if (!URL.canParse(from) || new URL(from).origin !== new URL(issuer).origin) return returnAddress(undefined);
  const { pathname, search } = new URL(from);
  return returnAddress(pathname + search);
}
