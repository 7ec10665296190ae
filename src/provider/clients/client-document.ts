import type { ClientMetadata } from 'oidc-provider';
import { CLAIMS } from '../../portals/claim.ts';
import type { Portal } from '../../portals/portal.ts';

const documents = new WeakMap<Portal, ClientMetadata>();

/** A portal as the library's client. One object a portal, since the library asks for it at every step. */
export function clientDocument(portal: Portal): ClientMetadata {
  const known = documents.get(portal);
  if (known) return known;
  const made = toClientMetadata(portal);
  documents.set(portal, made);
  return made;
}

function toClientMetadata(portal: Portal): ClientMetadata {
  const scopes = new Set(['openid', 'offline_access', ...portal.claims.map(({ name }) => CLAIMS[name].scope)]);
  const redirectUris = (portal.metadata['redirect_uris'] ?? []) as string[];
  const hosts = new Set(redirectUris.map((uri) => URL.parse(uri)?.host));
  return {
    // portals with several hosts need a sector of record; for registered ones the agreement is that record, not a fetched file
    ...(hosts.size > 1 && { sector_identifier_uri: `https://${portal.sector}/` }),
    ...(!portal.dynamic && { id_token_signed_response_alg: 'ES256' }),
    ...portal.metadata,
    client_id: portal.portalId,
    client_name: portal.name.vi,
    scope: [...scopes].join(' '),
    subject_type: 'pairwise',
  };
}
