import type { Context } from 'koa';

/** A small thing a browser carries for us between two pages: http-only, this host alone, gone after `seconds`. */
export interface DoorCookie {
  get(ctx: Context): string | undefined;
  set(ctx: Context, value: string): void;
  clear(ctx: Context): void;
}

/** `eid.<name>`, under TLS with the prefix that pins it to this host (RFC 6265bis 4.1.3.2). */
export function doorCookie(issuer: string, name: string, seconds: number): DoorCookie {
  const secure = new URL(issuer).protocol === 'https:';
  const full = secure ? `__Host-eid.${name}` : `eid.${name}`;
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, overwrite: true } as const;
  return {
    get: (ctx) => ctx.cookies.get(full),
    set: (ctx, value) => void ctx.cookies.set(full, value, { ...options, maxAge: seconds * 1000 }),
    clear: (ctx) => void ctx.cookies.set(full, null, options),
  };
}

/** Sends the browser to a page of ours with GET (RFC 9110 15.4.4). */
export function seeOther(ctx: Context, address: string): void {
  ctx.status = 303;
  ctx.redirect(address);
}
