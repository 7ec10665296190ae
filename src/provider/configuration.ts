import type Keygrip from 'keygrip';
import { Provider, type AdapterFactory, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { ACR_VALUES } from '../assurance/assurance-level.ts';
import { CLAIM_NAMES, CLAIMS } from '../portals/claim.ts';
import { clientDefaults, enabledAlgorithms } from './algorithms.ts';
import { assertClientAssertion } from './client-assertion.ts';
import { ownSectorUri } from './clients/own-sector.ts';
import { features } from './features.ts';
import type { ProviderSecrets } from './keys/key-folder.ts';
import { published } from './keys/key-rotation.policy.ts';
import type { SigningJwk, SigningKey } from './keys/signing-key.ts';
import { timeToLive } from './lifetimes.ts';
import type { OutboundFetch } from './outbound/guarded-fetch.ts';
import type { ProviderPages } from './pages.ts';
import { showError } from './show-error.ts';
import { findAccount } from './sign-on/find-account.ts';
import { loadGrant } from './sign-on/load-grant.ts';
import { pairwiseSubject } from './sign-on/pairwise-subject.ts';
import type { SessionDeps } from './sign-on/session-facts.ts';
import { signOnPolicy } from './sign-on/sign-on-policy.ts';
import type { MarkerStore } from './store/marker.store.ts';

export interface ConfigurationDeps extends SessionDeps {
  readonly issuer: string;
  readonly sandbox: boolean;
  readonly secrets: ProviderSecrets;
  /** Published besides the keys that rotate; only in the sandbox. */
  readonly sandboxSigning?: SigningJwk;
  readonly cookieKeys: Keygrip;
  readonly markers: MarkerStore;
  readonly adapter: AdapterFactory;
  readonly fetch: OutboundFetch;
  /** For `jwks_uri`: remembers. */
  readonly fetchKeySet: OutboundFetch;
  readonly pages: ProviderPages;
}

const OUTBOUND_BYTES = 64 * 1024;

/** Claims by the scope that asks for them, from the portals' table; `acr` and `amr` come with every ID token. */
const claimsByScope = (): Configuration['claims'] => ({
  openid: ['sub', 'acr', 'amr', 'auth_time', 'account_level'],
  acr: null,
  amr: null,
  auth_time: null,
  iss: null,
  sid: null,
  ...Object.fromEntries(
    [...new Set(CLAIM_NAMES.map((name) => CLAIMS[name].scope))].map((scope) => [
      scope,
      CLAIM_NAMES.filter((name) => CLAIMS[name].scope === scope),
    ]),
  ),
});

/** The whole of the library's configuration, nothing left to its defaults that may change under us. */
export function configuration(deps: ConfigurationDeps, keys: readonly SigningKey[]): Configuration {
  const { directory, secrets } = deps;
  const isSandboxPortal = (id: string) => deps.sandbox && directory.find(id)?.dynamic === true;
  return {
    adapter: deps.adapter,
    acrValues: ACR_VALUES,
    acceptQueryParamAccessTokens: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    assertJwtClientAuthClaimsAndHeader: assertClientAssertion(deps),
    claims: claimsByScope(),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    // portals are servers: no page of theirs reads our answers across origins
    clientBasedCORS: () => false,
    clientDefaults: clientDefaults(deps),
    clients: [],
    clockTolerance: 10,
    conformIdTokenClaims: true,
    cookies: cookies(deps),
    discovery: {
      claim_types_supported: ['normal'],
      claims_locales_supported: ['vi'],
      ui_locales_supported: ['vi', 'en'],
      display_values_supported: ['page'],
    },
    enabledJWA: enabledAlgorithms(deps),
    enableHttpPostMethods: false, // post-requests.ts turns them into GET, which needs no SameSite=None cookie
    expiresWithSession: (_ctx, source) => !source.scopes.has('offline_access'),
    extraParams: [],
    extraTokenClaims: (ctx) => assuranceOf(ctx),
    features: features(deps),
    fetch: fetcher(deps) as NonNullable<Configuration['fetch']>,
    fetchResponseBodyLimits: { jwks_uri: OUTBOUND_BYTES, sector_identifier_uri: OUTBOUND_BYTES },
    findAccount: (ctx, id, token) => findAccount(deps, ctx, id, token),
    formats: { bitsOfOpaqueRandomness: 256 },
    interactions: { policy: signOnPolicy(deps), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    jwks: { keys: signingSet(deps, keys) },
    loadExistingGrant: (ctx) => loadGrant(deps, ctx),
    pairwiseIdentifier: (_ctx, accountId, client) =>
      pairwiseSubject(
        secrets.pairwise,
        directory.find(client.clientId)?.sector ?? String(client.sectorIdentifier),
        accountId,
      ),
    // OAuth 2.1: for everybody; the OpenID Foundation's basic plan, which registers itself, sends none
    pkce: { required: (_ctx, client) => !isSandboxPortal(client.clientId) },
    renderError: (ctx, _out, error) => showError(ctx, error),
    responseTypes: ['code', 'none'],
    revokeGrantPolicy: (ctx) => !(ctx.oidc.route === 'revocation' && ctx.oidc.entities.AccessToken),
    // every portal is confidential: its refresh token is bound to its authentication, and renewed when it grows old
    rotateRefreshToken: (ctx) => (ctx.oidc.entities.RefreshToken?.ttlPercentagePassed() ?? 0) >= 70,
    routes: { authorization: '/auth', end_session: '/session/end', pushed_authorization_request: '/request' },
    scopes: ['openid', 'offline_access'],
    // a registered portal's sector is what was agreed; only one that registers itself has to prove it
    sectorIdentifierUriValidate: ({ clientId, sectorIdentifierUri }) =>
      directory.find(clientId) === undefined && sectorIdentifierUri !== ownSectorUri(clientId),
    subjectTypes: ['pairwise'],
    ttl: timeToLive(deps.clock),
  };
}

/** Copies, since the library changes what it is given. The sandbox's own key comes last: by default it signs nothing. */
const signingSet = ({ clock, sandboxSigning }: ConfigurationDeps, keys: readonly SigningKey[]): SigningJwk[] => [
  ...published(keys, clock.now()).map(({ jwk }) => ({ ...jwk })),
  ...(sandboxSigning ? [{ ...sandboxSigning }] : []),
];

/** All that is fetched outside a registration is key sets; what is posted is logouts. */
const fetcher =
  ({ fetch, fetchKeySet }: ConfigurationDeps): OutboundFetch =>
  (url, options) => {
    const isKeySet = options?.method === 'GET' && Provider.ctx?.oidc.route !== 'registration';
    return isKeySet ? fetchKeySet(url, options) : fetch(url, options);
  };

/** `__Host-` and `__Secure-` where there is TLS: such cookies cannot be set from a neighbouring host (RFC 6265bis). */
function cookies({ issuer, cookieKeys }: ConfigurationDeps): Configuration['cookies'] {
  const secure = issuer.startsWith('https:');
  const attributes = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: true } as const;
  return {
    keys: cookieKeys,
    long: { ...attributes, path: '/' },
    short: attributes,
    names: {
      session: secure ? '__Host-eid.session' : 'eid.session',
      interaction: secure ? '__Secure-eid.interaction' : 'eid.interaction',
      resume: secure ? '__Secure-eid.resume' : 'eid.resume',
    },
  };
}

/** An access token says how its person signed in: for those who introspect it. */
function assuranceOf(ctx: KoaContextWithOIDC) {
  const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
  return source && { acr: source.acr, auth_time: source.authTime };
}
