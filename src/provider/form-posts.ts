import type { Context } from 'koa';
import { RequestError } from '../http/request-error.ts';
import { allowFormAction } from '../http/security-headers.ts';

const MOST_BYTES = 16 * 1024;
const PATHS = ['/auth', '/session/end'];

/**
 * OpenID Connect Core 3.1.2.1 and RP-Initiated Logout 2 want POST besides GET. A form from another site brings no SameSite=Lax
 * cookie, so it becomes the same request by GET, which does. True when it was one.
 */
export async function redirectFormPost(ctx: Context): Promise<boolean> {
  if (ctx.method !== 'POST' || !PATHS.includes(ctx.path)) return false;
  if (!ctx.is('application/x-www-form-urlencoded')) throw new RequestError('unsupported_media_type');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new RequestError('request_too_large');
    chunks.push(chunk);
  }
  const parameters = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  ctx.status = 303;
  ctx.redirect(`${ctx.path}?${parameters.toString()}`);
  return true;
}

/** Lets the library's self-posting page end at the portal, and keeps the hash by which its one script may run. */
export function widenFormAction(ctx: Context, address: string): void {
  const hashes = /'sha256-[^']+'/g[Symbol.match](ctx.response.get('Content-Security-Policy')) ?? [];
  allowFormAction(ctx, address);
  const policy = ctx.response.get('Content-Security-Policy');
  ctx.set('Content-Security-Policy', policy.replace("script-src 'self'", ["script-src 'self'", ...hashes].join(' ')));
}
