import type { Context } from 'koa';
import { chooseLocale } from '../http/locale.ts';
import { RequestError } from '../http/request-error.ts';
import { param } from '../http/serve-routes.ts';
import type { InteractionId } from '../kernel/ids.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import type { Interactions } from '../provider/interactions.ts';
import { resumeSession, type ResumeSessionDeps } from './resume-session.ts';
import { loadSignIn } from './sign-in.store.ts';
import { sessionProofsFor, type Visit } from './visit.ts';

export interface LoadVisitDeps extends ResumeSessionDeps {
  readonly interactions: Interactions;
  readonly portals: PortalDirectory;
}

/**
 * The visit of this address and this browser. Throws `interaction_gone` for a stale link, a foreign browser's link, a
 * finished or expired visit: "start again, or go back to your service".
 */
export async function loadVisit(deps: LoadVisitDeps, ctx: Context): Promise<Visit> {
  const id = param(ctx, 'uid') as InteractionId;
  const [current, signIn] = await Promise.all([deps.interactions.current(ctx), loadSignIn(deps.cache, id)]);
  if (current.kind === 'gone' || current.interaction.id !== id) throw new RequestError('interaction_gone');
  const { interaction } = current;
  const portal = deps.portals.find(interaction.portalId);
  if (!portal) throw new RequestError('interaction_gone');
  chooseLocale(ctx, interaction.locales);
  return resumeSession(deps, { interaction, portal, signIn, sessionProofs: sessionProofsFor(interaction, signIn) });
}
