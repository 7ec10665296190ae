import { claimsOfScope, CLAIM_NAMES, type ClaimName } from '../../portals/claim.ts';
import { claimsInScopeOf } from '../../portals/consent.policy.ts';
import type { Portal } from '../../portals/portal.ts';

/** The parameters of an authorization request, as far as they ask for something. */
export interface AskingParams {
  readonly scope?: unknown;
  readonly claims?: unknown;
}

/** The claims parameter's two members (OpenID Connect Core 5.5); empty when there is none. The library refused bad JSON before. */
export function claimsParameter(params: AskingParams): {
  readonly id_token?: Readonly<Record<string, unknown>>;
  readonly userinfo?: Readonly<Record<string, unknown>>;
} {
  return typeof params.claims === 'string' ? (JSON.parse(params.claims) as object) : {};
}

/** Everything of ours that a request asks for, by scope or by claims parameter, cut to what was agreed with the portal. */
export function requestedClaims(
  params: AskingParams,
  portal: Pick<Portal, 'claims' | 'purposeVersion' | 'firstParty'>,
): ClaimName[] {
  const scopes = typeof params.scope === 'string' ? params.scope.split(' ') : [];
  const { id_token: idToken, userinfo } = claimsParameter(params);
  const named = new Set([...Object.keys(idToken ?? {}), ...Object.keys(userinfo ?? {})]);
  return claimsInScopeOf(portal, [...scopes.flatMap(claimsOfScope), ...CLAIM_NAMES.filter((name) => named.has(name))]);
}
