import type { Context, Middleware } from 'koa';
import { clientAddress } from './client-address.ts';
import { RequestError } from './request-error.ts';

export interface PinHostOptions {
  /** The one address this service has; every absolute address is built from it, never from a header. */
  readonly issuer: URL;
  /** Whether the next hop is our own proxy, whose X-Forwarded-For and -Proto may be believed. */
  readonly trustProxy: boolean;
  /** Paths that answer under any Host: health checks come by address. */
  readonly anyHost?: readonly string[];
}

/**
 * Refuses a request sent to any other host or scheme than the issuer's (421), and rewrites what is left so that whoever
 * reads Host, X-Forwarded-* or an absolute request line later sees the issuer and the canonical client address.
 */
export function pinHost({ issuer, trustProxy, anyHost = [] }: PinHostOptions): Middleware {
  const secure = issuer.protocol === 'https:';
  return async (ctx, next) => {
    const { headers } = ctx.req;
    const authority = headers.host?.toLowerCase();
    const scheme = schemeOf(ctx, trustProxy);
    ctx.state['clientAddress'] = clientAddress(ctx.req, trustProxy);
    delete headers['x-forwarded-host'];
    delete headers['forwarded'];
    delete headers['x-forwarded-port'];
    headers.host = issuer.host;
    headers['x-forwarded-proto'] = secure ? 'https' : 'http';
    headers['x-forwarded-for'] = String(ctx.state['clientAddress']);

    if (hostCount(ctx) > 1) throw new RequestError('malformed_request');
    pinTarget(ctx, issuer);
    if (!anyHost.includes(ctx.path)) {
      if (authority !== issuer.host) throw new RequestError('misdirected_request');
      if (secure && scheme !== 'https') throw new RequestError('misdirected_request');
    }
    await next();
  };
}

function schemeOf(ctx: Context, trustProxy: boolean): string {
  if ('encrypted' in ctx.req.socket) return 'https';
  const forwarded = trustProxy ? ctx.req.headers['x-forwarded-proto'] : undefined;
  return String(forwarded ?? 'http')
    .split(',')
    .at(-1)!
    .trim()
    .toLowerCase();
}

const hostCount = (ctx: Context): number =>
  ctx.req.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length;

/** RFC 9112, 3.2.2: the absolute form must be understood, and then it, not Host, names the target. */
function pinTarget(ctx: Context, issuer: URL): void {
  const target = ctx.req.url ?? '';
  if (target.startsWith('/')) {
    // `//host/path` is read as an authority by URL parsers further in
    if (target.startsWith('//') || target.includes('\\')) throw new RequestError('malformed_request');
    return;
  }
  if (!URL.canParse(target)) throw new RequestError('malformed_request');
  const { origin, pathname, search } = new URL(target);
  setTarget(ctx, '/');
  if (origin !== issuer.origin) throw new RequestError('misdirected_request');
  if (pathname.startsWith('//')) throw new RequestError('malformed_request');
  setTarget(ctx, pathname + search);
}

function setTarget(ctx: Context, target: string): void {
  ctx.req.url = target;
  ctx.originalUrl = target;
  ctx.request.originalUrl = target;
}
