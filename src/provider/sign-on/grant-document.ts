import type { AdapterPayload } from 'oidc-provider';
import { CLAIMS, type ClaimName } from '../../portals/claim.ts';
import { formatGrantId, type GrantId } from './grant-id.ts';

const PROTOCOL_SCOPES = ['openid', 'offline_access'];
const VALID_SECONDS = 366 * 24 * 60 * 60;

/**
 * The grant as the library reads it, made anew at every look: the scopes of which at least one claim is allowed, and those
 * claims. The library masks what it answers with it; person-claims leaves everything else out besides.
 */
export function grantDocument(id: GrantId, allowed: readonly ClaimName[]): AdapterPayload {
  const scopes = new Set([...PROTOCOL_SCOPES, ...allowed.map((name) => CLAIMS[name].scope)]);
  return {
    jti: formatGrantId(id),
    kind: 'Grant',
    iat: id.issuedAtSeconds,
    exp: id.issuedAtSeconds + VALID_SECONDS,
    accountId: id.subject,
    clientId: id.portalId,
    openid: { scope: [...scopes].join(' '), claims: [...allowed] },
  };
}
