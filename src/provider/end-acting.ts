import { epochSeconds } from '../kernel/clock.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { EndSessionsDeps } from './end-sessions.ts';
import { insertLogouts } from './logout/logout-queue.store.ts';
import { parseGrantId } from './sign-on/grant-id.ts';
import { sessionStore } from './store/session.store.ts';

/**
 * Has the portals where `person` acts for the organisation told by back-channel logout that it is over; how many. The session
 * stays the person's, and what was chosen stays known, so that single sign-on asks anew instead of taking the person for the
 * organisation. What the portals hold has died by the live view already.
 */
export async function endActing(deps: EndSessionsDeps, person: SubjectId, organisation: SubjectId): Promise<number> {
  const sessions = sessionStore(deps);
  const now = deps.clock.now();
  const uids = await sessions.listByAccount(person, epochSeconds(now));
  const found = await Promise.all(uids.map((uid) => sessions.find(uid)));
  const visits = found
    .filter((session) => session?.accountId === person)
    .flatMap((session) => Object.entries(session?.authorizations ?? {}))
    .filter(([, { grantId }]) => grantId !== undefined && parseGrantId(grantId)?.actingFor === organisation)
    .map(([portalId, { sid }]) => ({ portalId: portalId as PortalId, sid: sid ?? '', subject: person }))
    .filter(({ portalId }) => deps.directory.find(portalId)?.metadata['backchannel_logout_uri']);
  if (visits.length > 0) await insertLogouts(deps.db, visits, now);
  return visits.length;
}
