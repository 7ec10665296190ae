import type { Configuration } from 'oidc-provider';

const ES256 = ['ES256'] as const;
const ES256_OR_RS256 = ['ES256', 'RS256'] as const;
const NONE: readonly [] = [];

/**
 * Every algorithm by name. Our keys are ES256 and nothing else; what portals sign may be ES256 or PS256. No symmetric one:
 * we keep the hash of a portal's secret, which must never become a key.
 */
export const ENABLED_ALGORITHMS: NonNullable<Configuration['enabledJWA']> = {
  clientAuthSigningAlgValues: ['ES256', 'PS256'],
  idTokenSigningAlgValues: ES256,
  requestObjectSigningAlgValues: ES256,
  userinfoSigningAlgValues: ES256,
  introspectionSigningAlgValues: ES256,
  authorizationSigningAlgValues: ES256,
  dPoPSigningAlgValues: ES256,
  attestSigningAlgValues: ES256,
  idTokenEncryptionAlgValues: NONE,
  requestObjectEncryptionAlgValues: NONE,
  userinfoEncryptionAlgValues: NONE,
  introspectionEncryptionAlgValues: NONE,
  authorizationEncryptionAlgValues: NONE,
  idTokenEncryptionEncValues: NONE,
  requestObjectEncryptionEncValues: NONE,
  userinfoEncryptionEncValues: NONE,
  introspectionEncryptionEncValues: NONE,
  authorizationEncryptionEncValues: NONE,
};

/**
 * The sandbox knows RS256 besides: OpenID Connect Discovery 1.0, 3 wants it listed, and testers' portals sign with it (the
 * OpenID Foundation's test suite does). Who registers there and names none gets it.
 */
export const enabledAlgorithms = ({ sandbox }: { sandbox: boolean }): typeof ENABLED_ALGORITHMS =>
  sandbox
    ? {
        ...ENABLED_ALGORITHMS,
        clientAuthSigningAlgValues: ['ES256', 'PS256', 'RS256'],
        idTokenSigningAlgValues: ES256_OR_RS256,
        userinfoSigningAlgValues: ES256_OR_RS256,
      }
    : ENABLED_ALGORITHMS;

/** What a client gets that names nothing itself. The library's own default is RS256, for which there is no key. */
export const CLIENT_DEFAULTS: NonNullable<Configuration['clientDefaults']> = {
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'ES256',
  subject_type: 'pairwise',
};

/** Dynamic Client Registration 1.0, 2: whoever registers in the sandbox and names nothing expects RS256. Every other portal's document says ES256. */
export const clientDefaults = ({ sandbox }: { sandbox: boolean }): typeof CLIENT_DEFAULTS =>
  sandbox ? { ...CLIENT_DEFAULTS, id_token_signed_response_alg: 'RS256' } : CLIENT_DEFAULTS;
