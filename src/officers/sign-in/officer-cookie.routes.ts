import type { Context } from 'koa';
import type { Sealed } from '../../kernel/sealed.ts';

export interface OfficerCookie {
  get(ctx: Context): string | undefined;
  set(ctx: Context, token: Sealed<string>): void;
  clear(ctx: Context): void;
}

/** `eid.officer`, gone with the browser; under TLS with the prefix that pins it to this host (RFC 6265bis 4.1.3.2). */
export function officerCookie(issuer: string): OfficerCookie {
  const secure = new URL(issuer).protocol === 'https:';
  const name = secure ? '__Host-eid.officer' : 'eid.officer';
  // not signed: the token is 256 random bits, and only its hash is kept here
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, overwrite: true, signed: false } as const;
  return {
    get: (ctx) => ctx.cookies.get(name, { signed: false }),
    set: (ctx, token) => void ctx.cookies.set(name, token.reveal(), options),
    clear: (ctx) => void ctx.cookies.set(name, null, options),
  };
}

/** Sends the browser to a page of ours with GET (RFC 9110 15.4.4). */
export function seeOther(ctx: Context, address: string): void {
  ctx.status = 303;
  ctx.redirect(address);
}
