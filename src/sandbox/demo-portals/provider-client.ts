import { webcrypto, type JsonWebKey } from 'node:crypto';
import * as client from 'openid-client';
import type { Pending, Session } from './sessions.ts';
import type { Settings } from './settings.ts';

/** How a visit to the provider ended. `error` is the protocol's own code. */
export type SignInOutcome =
  { readonly kind: 'signed_in'; readonly session: Session } | { readonly kind: 'refused'; readonly error: string };

/** All this portal says to the provider: OpenID Connect and nothing else. */
export interface ProviderClient {
  /** Where to send the browser, and what to remember until it is back. */
  startSignIn(locale: string): Promise<{ url: URL; pending: Pending }>;
  finishSignIn(callback: URL, pending: Pending): Promise<SignInOutcome>;
  signOutUrl(idToken: string, locale: string): Promise<URL>;
  /** The provider's published keys; fetched again at most every ten seconds. */
  publishedKeys(): Promise<readonly JsonWebKey[]>;
}

const TIMEOUT_SECONDS = 5;
const KEYS_FRESH_MS = 10_000;

export function createProviderClient(settings: Settings): ProviderClient {
  const { portal, origin } = settings;
  let discovered: Promise<client.Configuration> | undefined;
  let keys: { at: number; found: Promise<readonly JsonWebKey[]> } | undefined;

  // Asked at the first sign-in, and again after a failure: the portal starts without the provider.
  function configuration(): Promise<client.Configuration> {
    discovered ??= discover(settings).catch((error: unknown) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  }

  return {
    async startSignIn(locale) {
      const config = await configuration();
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      };
      const parameters = {
        redirect_uri: `${origin}/callback`,
        scope: portal.scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
        acr_values: portal.wants,
        ui_locales: locale,
      };
      const url = portal.pushes
        ? await client.buildAuthorizationUrlWithPAR(config, parameters)
        : client.buildAuthorizationUrl(config, parameters);
      return { url, pending };
    },

    async finishSignIn(callback, pending) {
      try {
        const config = await configuration();
        const tokens = await client.authorizationCodeGrant(config, callback, {
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          pkceCodeVerifier: pending.codeVerifier,
          idTokenExpected: true,
        });
        const proven = tokens.claims();
        if (!proven) return { kind: 'refused', error: 'invalid_response' };
        if (!isEnough(proven['acr'], portal.wants)) {
          return { kind: 'refused', error: 'unmet_authentication_requirements' };
        }
        const told = await client.fetchUserInfo(config, tokens.access_token, proven.sub);
        const { sub, sid } = proven;
        const session = { claims: { ...told, ...proven }, idToken: tokens.id_token ?? '', sub };
        return { kind: 'signed_in', session: { ...session, sid: typeof sid === 'string' ? sid : undefined } };
      } catch (error) {
        return { kind: 'refused', error: errorCode(error) };
      }
    },

    async signOutUrl(idToken, locale) {
      return client.buildEndSessionUrl(await configuration(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${origin}/signed-out`,
        ui_locales: locale,
      });
    },

    async publishedKeys() {
      const now = new Date().getTime();
      if (!keys || now - keys.at > KEYS_FRESH_MS) keys = { at: now, found: fetchKeys(await configuration()) };
      return keys.found.catch((error: unknown) => {
        keys = undefined;
        throw error;
      });
    },
  };
}

async function discover(settings: Settings): Promise<client.Configuration> {
  const { portal, issuer } = settings;
  const isLocal = new URL(issuer).protocol === 'http:';
  return client.discovery(
    new URL(issuer),
    portal.id,
    { id_token_signed_response_alg: 'ES256' },
    await authenticationOf(settings),
    { timeout: TIMEOUT_SECONDS, ...(isLocal && { execute: [client.allowInsecureRequests] }) },
  );
}

async function authenticationOf({ portal, credential }: Settings): Promise<client.ClientAuth> {
  if (portal.auth === 'client_secret_basic') return client.ClientSecretBasic(credential);
  if (portal.auth === 'client_secret_post') return client.ClientSecretPost(credential);
  const jwk = JSON.parse(credential) as JsonWebKey & { kid: string };
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await webcrypto.subtle.importKey('jwk', jwk, curve, false, ['sign']);
  return client.PrivateKeyJwt({ key, kid: jwk.kid });
}

async function fetchKeys(config: client.Configuration): Promise<readonly JsonWebKey[]> {
  const response = await fetch(config.serverMetadata().jwks_uri ?? '', {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
  });
  return ((await response.json()) as { keys: JsonWebKey[] }).keys;
}

const LEVELS = ['LoA1', 'LoA2', 'LoA3'];
// The provider promises the level; a portal that does not look for itself has no level.
const isEnough = (acr: unknown, wanted: string): boolean => LEVELS.indexOf(String(acr)) >= LEVELS.indexOf(wanted);

function errorCode(error: unknown): string {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError) {
    return error.error;
  }
  return error instanceof client.ClientError ? 'invalid_response' : 'temporarily_unavailable';
}
