import type { KoaContextWithOIDC } from 'oidc-provider';
import { parseAcr, type Acr } from '../../assurance/assurance-level.ts';
import type { ActingDecision } from '../../portals/acting.policy.ts';
import type { MarkerStore } from '../store/marker.store.ts';
import { actingChoice } from './acting-choice.ts';
import { claimsParameter } from './requested-claims.ts';
import { sessionClaims, sessionOf, standingOf, type SessionDeps } from './session-facts.ts';
import { wantedAcr, type WantedAcr } from './wanted-acr.policy.ts';

/** What the policy found when it asked for an interaction: kept with it, so that its pages need no look at the session. */
export interface InteractionDetails {
  readonly wanted: Acr;
  readonly fresh: boolean;
  readonly session?: { readonly subject: string; readonly amr: readonly string[]; readonly authTimeSeconds: number };
  /** For whom the session's person answers here; absent where the request does not ask. */
  readonly acting?: ActingDecision;
}

/** The level this request needs at this portal. */
export function wantedOf(deps: SessionDeps, ctx: KoaContextWithOIDC): WantedAcr {
  const params = ctx.oidc.params ?? {};
  const minimum = deps.directory.find(ctx.oidc.client?.clientId ?? '')?.minimumAcr ?? 'LoA3';
  const acrValues = params['acr_values'];
  const acrClaim = claimsParameter(params).id_token?.['acr'];
  return wantedAcr(
    {
      ...(typeof acrValues === 'string' && { acrValues }),
      // `null` asks for the claim without a wish (OpenID Connect Core 5.5.1)
      ...(typeof acrClaim === 'object' && acrClaim !== null && { acrClaim }),
    },
    minimum,
  );
}

/** Whether the request wants the person to prove themselves anew, whatever the session holds. */
export function isFresh(ctx: KoaContextWithOIDC): boolean {
  const { oidc } = ctx;
  if (oidc.prompts.has('login')) return true;
  const maxAge = oidc.params?.['max_age'];
  return maxAge !== undefined && sessionOf(ctx).accountId !== undefined && oidc.session?.past(Number(maxAge)) === true;
}

export async function interactionDetails(
  deps: SessionDeps & { markers: MarkerStore },
  ctx: KoaContextWithOIDC,
): Promise<InteractionDetails> {
  const wanted = wantedOf(deps, ctx);
  const fresh = isFresh(ctx);
  const { standing, facts } = await standingOf(deps, ctx);
  const session = sessionOf(ctx);
  const { amr, authTimeSeconds } = sessionClaims(session);
  const shown = standing.kind === 'stands' && session.accountId !== undefined;
  const acting = shown && facts ? await actingChoice(deps, ctx, facts) : undefined;
  return {
    wanted: wanted.kind === 'wanted' ? wanted.acr : (parseAcr('LoA3') as Acr),
    fresh,
    ...(shown && { session: { subject: session.accountId as string, amr, authTimeSeconds } }),
    ...(acting && { acting }),
  };
}
