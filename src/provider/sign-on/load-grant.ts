import type { AdapterPayload, KoaContextWithOIDC } from 'oidc-provider';
import { epochSeconds } from '../../kernel/clock.ts';
import type { PortalId, SubjectId } from '../../kernel/ids.ts';
import { randomToken } from '../../kernel/random.ts';
import { answeredClaims, isOpenSince } from '../../portals/portal-access.policy.ts';
import type { MarkerStore } from '../store/marker.store.ts';
import { actingChoice, heldGrant } from './acting-choice.ts';
import { grantDocument } from './grant-document.ts';
import type { GrantId } from './grant-id.ts';
import { sessionOf, standingOf, type SessionDeps } from './session-facts.ts';

const FAMILY_BYTES = 16;

/**
 * The grant of this session at this portal, made from what the person decided. The one at hand is kept while it was not ended
 * and says the same; a new one stays in its family. Also takes the session down to the level it truthfully has now.
 */
export async function loadGrant(deps: SessionDeps & { markers: MarkerStore }, ctx: KoaContextWithOIDC) {
  const { standing, facts } = await standingOf(deps, ctx);
  const session = sessionOf(ctx);
  if (standing.kind === 'ended' || !facts?.portal) return undefined;
  if (session.acr !== standing.acr) session.acr = standing.acr;
  const [held, choice] = [await heldGrant(deps, ctx), await actingChoice(deps, ctx, facts)];
  const actingFor = choice?.kind === 'decided' ? choice.actingFor : undefined;
  const isAlive = held !== undefined && isOpenSince(facts.portal, held.issuedAtSeconds);
  const isSame = isAlive && held.acr === standing.acr && held.actingFor === actingFor;
  // Undecided: nothing is answered in this round, and what was chosen before is not forgotten by asking.
  const isKept = isSame || (isAlive && choice?.kind === 'undecided');
  const id: GrantId = isKept
    ? held
    : {
        subject: session.accountId as SubjectId,
        portalId: ctx.oidc.client?.clientId as PortalId,
        acr: standing.acr,
        issuedAtSeconds: epochSeconds(deps.clock.now()),
        family: held?.family ?? randomToken(FAMILY_BYTES),
        ...(actingFor !== undefined && { actingFor }),
      };
  const document: AdapterPayload = grantDocument(id, answeredClaims(facts, actingFor));
  return new ctx.oidc.provider.Grant(document);
}
