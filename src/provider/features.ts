import { errors, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { randomToken } from '../kernel/random.ts';
import { chooseLocale } from '../http/locale.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import { giveOwnSector } from './clients/own-sector.ts';
import type { ProviderSecrets } from './keys/key-folder.ts';
import type { ProviderPages } from './pages.ts';

interface FeatureDeps {
  readonly sandbox: boolean;
  readonly secrets: ProviderSecrets;
  readonly pages: ProviderPages;
  readonly directory: Pick<PortalDirectory, 'find'>;
}

const isOwnToken = (_ctx: KoaContextWithOIDC, client: { clientId: string }, token: { clientId?: string | undefined }) =>
  token.clientId === client.clientId;

/** Every feature the library has, on or off by name: what it turns on tomorrow stays off here. */
export const features = ({ sandbox, secrets, pages, directory }: FeatureDeps): Configuration['features'] => ({
  devInteractions: { enabled: false },
  attestClientAuth: { enabled: false },
  backchannelLogout: { enabled: true },
  ciba: { enabled: false },
  claimsParameter: { enabled: true },
  clientCredentials: { enabled: false },
  clientIdMetadataDocument: { enabled: false },
  deviceFlow: { enabled: false },
  dPoP: { enabled: true, nonceSecret: secrets.dpopNonce.reveal(), requireNonce: () => true, allowReplay: false },
  encryption: { enabled: false },
  externalSigningSupport: { enabled: false },
  fapi: { enabled: false },
  introspection: { enabled: true, allowedPolicy: isOwnToken },
  jwtIntrospection: { enabled: false },
  jwtResponseModes: { enabled: false },
  // OpenID Connect Core 5.3.2; for testers' portals that ask for it
  jwtUserinfo: { enabled: sandbox },
  mTLS: { enabled: false },
  openid4vci: { enabled: false },
  pushedAuthorizationRequests: {
    enabled: true,
    requirePushedAuthorizationRequests: false,
    allowUnregisteredRedirectUris: false,
  },
  registration: {
    enabled: sandbox,
    initialAccessToken: false,
    idFactory(ctx) {
      const id = `test-${randomToken(12)}`;
      giveOwnSector(ctx.oidc.body, id);
      return id;
    },
    secretFactory: () => randomToken(32),
    issueRegistrationAccessToken: false,
  },
  registrationManagement: { enabled: false },
  requestObjects: { enabled: false },
  resourceIndicators: { enabled: false },
  revocation: {
    enabled: true,
    allowedPolicy: (ctx, client, token) => {
      // RFC 7009, 2.1: another portal's token is refused, not silently left alone
      if (!isOwnToken(ctx, client, token)) throw new errors.InvalidRequest('the token was not issued to this client');
      return true;
    },
  },
  richAuthorizationRequests: { enabled: false },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (ctx) => {
      const { session, client } = ctx.oidc;
      const portal = client && directory.find(client.clientId);
      // OpenID Connect RP-Initiated Logout 1.0, 2: the portal may say in which languages to ask
      chooseLocale(ctx, localesOf(ctx.oidc.params?.['ui_locales']));
      pages.signOut(ctx, {
        action: ctx.oidc.urlFor('end_session_confirm'),
        xsrf: String((session?.state as { secret?: string } | undefined)?.secret),
        ...(portal && { portal: { name: portal.name } }),
      });
    },
    postLogoutSuccessSource: (ctx) => {
      const portal = ctx.oidc.client && directory.find(ctx.oidc.client.clientId);
      pages.signedOut(ctx, { ...(portal && { portal: { name: portal.name, url: portal.homeUrl } }) });
    },
  },
  rpMetadataChoices: { enabled: false },
  userinfo: { enabled: true },
  webMessageResponseMode: { enabled: false },
});

const localesOf = (value: unknown): string[] => (typeof value === 'string' ? value.split(' ') : []);
