import type { Context, Middleware } from 'koa';

const FORM_ACTIONS = 'formActions';
const YEAR_SECONDS = 31_536_000;

/** Sets the headers every answer has. Later code may set its own Cache-Control; nothing relaxes the rest. */
export function securityHeaders({ secure }: { secure: boolean }): Middleware {
  return (ctx, next) => {
    ctx.state[FORM_ACTIONS] = new Set(["'self'"]);
    ctx.set({
      'Content-Security-Policy': contentSecurityPolicy(ctx),
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      // not no-referrer: with that, browsers send `Origin: null` with our own forms (Fetch, "append a request Origin header")
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy':
        'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), payment=(), usb=()',
      'Cache-Control': 'no-store',
    });
    if (secure) ctx.set('Strict-Transport-Security', `max-age=${YEAR_SECONDS}`);
    return next();
  };
}

/**
 * Lets the forms of this one page end at `address` (a portal's redirect address): browsers hold the redirects after a
 * form to `form-action` as well. Takes web origins and private-use schemes of apps; throws for script and data schemes.
 */
export function allowFormAction(ctx: Context, address: string): void {
  const { protocol, origin } = new URL(address);
  if (['javascript:', 'data:', 'blob:', 'file:', 'about:'].includes(protocol)) {
    throw new Error('a form must not end at a script or data address');
  }
  const allowed = ctx.state[FORM_ACTIONS] as Set<string>;
  allowed.add(origin === 'null' ? protocol : origin);
  ctx.set('Content-Security-Policy', contentSecurityPolicy(ctx));
}

function contentSecurityPolicy(ctx: Context): string {
  const formActions = [...(ctx.state[FORM_ACTIONS] as Set<string>)].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${formActions}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
