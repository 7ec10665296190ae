import { Provider } from 'oidc-provider';
import type { Portal } from '../../portals/portal.ts';
import { CLIENT_DEFAULTS, ENABLED_ALGORITHMS } from '../algorithms.ts';
import { generateSigningKey } from '../keys/signing-key.ts';
import { clientDocument } from './client-document.ts';
import { isHashedSecret } from './client-secret.ts';
import { mayRegisterAddress } from './redirect-address.policy.ts';

export type PortalValidity = { readonly kind: 'valid' } | { readonly kind: 'invalid'; readonly reasons: string[] };

const ADDRESSES = ['redirect_uris', 'post_logout_redirect_uris'];
const METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

/**
 * Whether a portal may be registered as it is: our rules on addresses and secrets, then the library's on the rest. Every
 * reason is named, so that one answer is enough to set it right. `loopback` is for the sandbox.
 */
export async function validatePortal(portal: Portal, options: { loopback: boolean }): Promise<PortalValidity> {
  const reasons = [...addressFaults(portal, options), ...secretFaults(portal), ...(await libraryFaults(portal))];
  return reasons.length === 0 ? { kind: 'valid' } : { kind: 'invalid', reasons };
}

function addressFaults({ metadata }: Portal, options: { loopback: boolean }): string[] {
  return ADDRESSES.flatMap((field) => {
    const addresses = metadata[field] ?? [];
    if (!Array.isArray(addresses)) return [`${field}: not a list`];
    return addresses.flatMap((address) => {
      const decision = mayRegisterAddress(String(address), options);
      return decision.kind === 'refused' ? [`${field}: ${String(address)} (${decision.fault})`] : [];
    });
  });
}

function secretFaults({ metadata }: Portal): string[] {
  const secret = metadata['client_secret'];
  return secret === undefined || isHashedSecret(secret) ? [] : ['client_secret: not a hash made by hashClientSecret'];
}

/** The library's own rules, asked of an instance that serves nothing. */
async function libraryFaults(portal: Portal): Promise<string[]> {
  const provider = new Provider('https://validation.invalid', {
    adapter: () => {
      throw new Error('validation reads nothing');
    },
    clientAuthMethods: METHODS as never,
    clientDefaults: CLIENT_DEFAULTS,
    enabledJWA: ENABLED_ALGORITHMS,
    // which algorithms it knows follows from its keys; this one signs nothing
    jwks: { keys: [{ ...generateSigningKey('current', new Date(0)).jwk }] as never },
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: false } },
    pairwiseIdentifier: () => '',
    responseTypes: ['code'],
    scopes: clientDocument(portal).scope?.split(' ') ?? [],
    sectorIdentifierUriValidate: () => false,
    subjectTypes: ['pairwise'],
  });
  const Client = provider.Client as unknown as { validate(metadata: object): Promise<void> };
  try {
    await Client.validate({ ...clientDocument(portal) });
    return [];
  } catch (error) {
    return [(error as { error_description?: string }).error_description ?? String(error)];
  }
}
