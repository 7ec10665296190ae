import type { AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { epochSeconds } from '../../kernel/clock.ts';
import type { PortalId, SubjectId } from '../../kernel/ids.ts';
import { randomToken } from '../../kernel/random.ts';
import { allowedClaims } from '../../portals/consent.policy.ts';
import type { MarkerStore } from '../store/marker.store.ts';
import { memoOf, once } from '../store/request-memo.ts';
import { grantDocument } from './grant-document.ts';
import { parseGrantId, type GrantId } from './grant-id.ts';
import { sessionOf, standingOf, type SessionDeps } from './session-facts.ts';

const FAMILY_BYTES = 16;

/**
 * The grant of this session at this portal, made from what the person decided. The one at hand is kept while it was not ended
 * and says the same level; a new one stays in its family. Also takes the session down to the level it truthfully has now.
 */
export async function loadGrant(deps: SessionDeps & { markers: MarkerStore }, ctx: KoaContextWithOIDC) {
  const { standing, facts } = await standingOf(deps, ctx);
  const session = sessionOf(ctx);
  const portalId = ctx.oidc.client?.clientId as PortalId;
  if (standing.kind === 'ended' || !facts?.portal) return undefined;
  if (session.acr !== standing.acr) session.acr = standing.acr;
  const held = await heldGrant(deps, ctx, portalId);
  const isSame = held?.acr === standing.acr && held.subject === session.accountId;
  const id: GrantId = isSame
    ? held
    : {
        subject: session.accountId as SubjectId,
        portalId,
        acr: standing.acr,
        issuedAtSeconds: epochSeconds(deps.clock.now()),
        family: held?.family ?? randomToken(FAMILY_BYTES),
      };
  const document: AdapterPayload = grantDocument(id, allowedClaims(facts.portal, facts.decisions));
  return new ctx.oidc.provider.Grant(document);
}

async function heldGrant(
  { markers }: { markers: MarkerStore },
  ctx: KoaContextWithOIDC,
  portalId: string,
): Promise<GrantId | undefined> {
  const text = ctx.oidc.session?.grantIdFor(portalId);
  const id = text === undefined ? undefined : parseGrantId(text);
  if (!id) return undefined;
  const ended = await once(memoOf(ctx.req).ended, id.family, () => markers.hasEnded(id.family));
  return ended ? undefined : id;
}
