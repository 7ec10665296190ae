import type { KoaContextWithOIDC } from 'oidc-provider';
import { actingDecision, type ActingDecision, type ActingFor } from '../../portals/acting.policy.ts';
import type { AccessFacts } from '../../portals/portal-access.policy.ts';
import type { MarkerStore } from '../store/marker.store.ts';
import { memoOf, once } from '../store/request-memo.ts';
import { parseGrantId, type GrantId } from './grant-id.ts';
import { requestedClaims } from './requested-claims.ts';
import { sessionOf } from './session-facts.ts';

interface HeldDeps {
  readonly markers: MarkerStore;
}

/** The grant that this session has at this portal for its person, unless it was ended. */
export async function heldGrant({ markers }: HeldDeps, ctx: KoaContextWithOIDC): Promise<GrantId | undefined> {
  const text = ctx.oidc.session?.grantIdFor(ctx.oidc.client?.clientId ?? '');
  const id = text === undefined ? undefined : parseGrantId(text);
  if (!id || id.subject !== sessionOf(ctx).accountId) return undefined;
  const ended = await once(memoOf(ctx.req).ended, id.family, () => markers.hasEnded(id.family));
  return ended ? undefined : id;
}

/** For whom the person of this session answers here; undefined where the request does not ask, or may not. */
export async function actingChoice(
  deps: HeldDeps,
  ctx: KoaContextWithOIDC,
  facts: AccessFacts,
): Promise<ActingDecision | undefined> {
  if (!facts.portal || !requestedClaims(ctx.oidc.params ?? {}, facts.portal).includes('organisation')) return undefined;
  const held = await heldGrant(deps, ctx);
  const given = ctx.oidc.result?.consent?.['actingFor'] as ActingFor | undefined;
  const { actingFor, issuedAtSeconds } = held ?? {};
  return actingDecision(
    facts,
    given,
    actingFor === undefined ? undefined : { actingFor, atSeconds: issuedAtSeconds ?? 0 },
  );
}
