import type { Context, Middleware } from 'koa';
import { clientAddress } from './client-address.ts';
import { RequestError, type RequestErrorCode } from './request-error.ts';

export interface PinHostOptions {
  /** The one address this service has; every absolute address is built from it, never from a header. */
  readonly issuer: URL;
  /** Whether the next hop is our own proxy, whose X-Forwarded-For and -Proto may be believed. */
  readonly trustProxy: boolean;
  /** Paths that answer under any Host: health checks come by address. */
  readonly anyHost?: readonly string[];
}

/**
 * Rewrites the request so that whoever reads Host, X-Forwarded-* or an absolute request line sees the issuer and the
 * canonical client address. Stands before everything else; `refuseMisdirected` behind the error page says no.
 */
export function pinHost({ issuer, trustProxy, anyHost = [] }: PinHostOptions): Middleware {
  const secure = issuer.protocol === 'https:';
  return (ctx, next) => {
    const { headers } = ctx.req;
    const authority = headers.host?.toLowerCase();
    const scheme = schemeOf(ctx, trustProxy);
    const address = clientAddress(ctx.req, trustProxy);
    for (const name of ['x-forwarded-host', 'x-forwarded-port', 'forwarded']) delete headers[name];
    headers.host = issuer.host;
    headers['x-forwarded-proto'] = secure ? 'https' : 'http';
    headers['x-forwarded-for'] = address;
    ctx.state['clientAddress'] = address;

    const misdirected = authority !== issuer.host || (secure && scheme !== 'https');
    const verdict = hostCount(ctx) > 1 ? 'malformed_request' : pinTarget(ctx, issuer);
    ctx.state['misdirected'] =
      verdict ?? (misdirected && !anyHost.includes(ctx.path) ? 'misdirected_request' : undefined);
    return next();
  };
}

/** Throws RequestError for what `pinHost` found meant for another host or scheme (421), or unreadable (400). */
export const refuseMisdirected: Middleware = (ctx, next) => {
  const code = ctx.state['misdirected'] as RequestErrorCode | undefined;
  if (code !== undefined) throw new RequestError(code);
  return next();
};

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
function pinTarget(ctx: Context, issuer: URL): RequestErrorCode | undefined {
  const target = ctx.req.url ?? '';
  // `//host/path` is read as an authority by URL parsers further in
  const doubtful = target.startsWith('//') || target.includes('\\');
  if (target.startsWith('/') && !doubtful) return undefined;
  setTarget(ctx, '/');
  if (doubtful || !URL.canParse(target)) return 'malformed_request';
  const { origin, pathname, search } = new URL(target);
  if (origin !== issuer.origin) return 'misdirected_request';
  if (pathname.startsWith('//')) return 'malformed_request';
  setTarget(ctx, pathname + search);
  return undefined;
}

function setTarget(ctx: Context, target: string): void {
  ctx.req.url = target;
  ctx.originalUrl = target;
  ctx.request.originalUrl = target;
}
