import type { Provider } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Logger } from 'pino';
import { isOutage } from '../http/outage.ts';

const REFUSALS = [
  'authorization.error',
  'grant.error',
  'userinfo.error',
  'introspection.error',
  'revocation.error',
  'pushed_authorization_request.error',
  'registration_create.error',
  'end_session.error',
  'end_session_confirm.error',
  'jwks.error',
  'discovery.error',
] as const;

const OUTAGE_RETRY_SECONDS = 30;

/** Logs why the protocol said no: kinds and routes, never what was sent. A store that is away is a 503, not a 500. */
export function reportErrors(provider: Provider, log: Pick<Logger, 'info' | 'error' | 'warn'>): void {
  const on = (event: string, hear: (ctx: KoaContextWithOIDC, error: Error & { error?: string }) => void) =>
    (provider as unknown as { on(event: string, hear: unknown): void }).on(event, hear);
  for (const event of REFUSALS) {
    on(event, (ctx, error) => log.info({ event: 'provider_refused', route: ctx.oidc.route, reason: error.error }));
  }
  on('server_error', (ctx, err) => {
    if (!isOutage(err)) {
      log.error({ event: 'provider_failed', route: ctx.oidc.route, err });
      return;
    }
    log.warn({ event: 'provider_unavailable', route: ctx.oidc.route, err });
    ctx.status = 503;
    ctx.set('Retry-After', String(OUTAGE_RETRY_SECONDS));
  });
}
