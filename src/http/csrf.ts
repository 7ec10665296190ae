import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { randomToken } from '../kernel/random.ts';
import { RequestError } from './request-error.ts';

/** The hidden field every form carries. */
export const CSRF_FIELD = 'csrf';
const BROWSER = /^[\w-]{43}$/;
/** Not signed: the token made from it is. */
const COOKIE = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true, signed: false } as const;

export interface CsrfOptions {
  readonly issuer: URL;
  /** At least 32 bytes, the same on every instance. */
  readonly secret: Buffer;
}

/**
 * Signed double submit: `ctx.state.csrfToken` is a MAC of a random value only this browser's cookie holds. The cookie is set
 * when a page first asks for the token, so answers without a form set none.
 */
export function csrf({ issuer, secret }: CsrfOptions): Middleware {
  const secure = issuer.protocol === 'https:';
  const name = secure ? '__Host-eid.csrf' : 'eid.csrf';
  return (ctx, next) => {
    const sent = ctx.cookies.get(name, { signed: false });
    let browser = sent !== undefined && BROWSER.test(sent) ? sent : undefined;
    const expected = (): string | undefined => (browser === undefined ? undefined : tokenOf(secret, browser));
    Object.defineProperty(ctx.state, 'csrfToken', {
      configurable: true,
      enumerable: true,
      get: () => {
        if (browser === undefined) {
          browser = randomToken(32);
          ctx.cookies.set(name, browser, { ...COOKIE, secure });
        }
        return expected();
      },
    });
    ctx.state['csrf'] = { origin: issuer.origin, expected };
    return next();
  };
}

const tokenOf = (secret: Buffer, browser: string): string =>
  createHmac('sha256', secret).update(`csrf:${browser}`).digest('base64url');

const stateOf = (ctx: Context): { origin: string; expected(): string | undefined } => ctx.state['csrf'];

/** Throws `csrf_failed` if the browser says that another site sent this request. Silence (no browser) is let through. */
export function checkOrigin(ctx: Context): void {
  const site = ctx.get('Sec-Fetch-Site');
  if (site !== '' && site !== 'same-origin' && site !== 'none') throw new RequestError('csrf_failed');
  const origin = ctx.get('Origin');
  if (origin === '' || origin === stateOf(ctx).origin) return;
  // a privacy setting may hide the origin; then only the browser's own word that it is the same will do
  if (origin === 'null' && site === 'same-origin') return;
  throw new RequestError('csrf_failed');
}

/** Throws `csrf_failed` unless `token` was made for this browser. */
export function checkCsrfToken(ctx: Context, token: string | undefined): void {
  const expected = stateOf(ctx).expected();
  if (expected === undefined || token === undefined) throw new RequestError('csrf_failed');
  const [a, b] = [Buffer.from(expected), Buffer.from(token)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw new RequestError('csrf_failed');
}
