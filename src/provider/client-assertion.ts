import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { epochSeconds, type Clock } from '../kernel/clock.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';

const LONGEST_SECONDS = 10 * 60;
const SKEW_SECONDS = 10;

/**
 * What an assertion of `private_key_jwt` must say beyond the library's checks (RFC 7523, 3): when it was made, an end not far
 * away, and this issuer as its one audience. Testers' portals may name the token endpoint, as OpenID Connect Core 9 does.
 * Throws InvalidClientAuth.
 */
export const assertClientAssertion =
  ({ clock, directory }: { clock: Clock; directory: Pick<PortalDirectory, 'find'> }) =>
  (ctx: KoaContextWithOIDC, claims: Record<string, unknown>, _header: unknown, client: { clientId: string }): void => {
    const now = epochSeconds(clock.now());
    const { exp, iat, aud } = claims;
    const dynamic = directory.find(client.clientId)?.dynamic === true;
    if (typeof exp !== 'number' || exp - now > LONGEST_SECONDS)
      throw new errors.InvalidClientAuth('exp is too far away');
    if (typeof iat !== 'number' || iat - now > SKEW_SECONDS)
      throw new errors.InvalidClientAuth('iat is missing or ahead');
    if (!dynamic && aud !== ctx.oidc.issuer) throw new errors.InvalidClientAuth('aud must be the issuer');
  };
