import { epochSeconds, type Clock } from '../kernel/clock.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { insertLogouts } from './logout/logout-queue.store.ts';
import { parseGrantId } from './sign-on/grant-id.ts';
import { markerStore } from './store/marker.store.ts';
import { sessionStore, type SessionDocument } from './store/session.store.ts';

export interface EndSessionsDeps {
  readonly db: Sql;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'sealing'>;
  readonly directory: Pick<PortalDirectory, 'find'>;
}

/**
 * Ends every session of the person, and with them their codes and tokens; the portals are told by back-channel logout. How
 * many sessions there were. Grants die by the live view too, so a lock holds even while this runs.
 */
export async function endSessions(deps: EndSessionsDeps, subject: SubjectId): Promise<number> {
  const sessions = sessionStore(deps);
  const now = deps.clock.now();
  const uids = await sessions.listByAccount(subject, epochSeconds(now));
  const found = (await Promise.all(uids.map((uid) => sessions.find(uid)))).filter((s) => s?.accountId === subject);
  const visits = found.flatMap((session) => visitsOf(session));
  const toldPortals = visits.filter(
    ({ portalId }) => deps.directory.find(portalId)?.metadata['backchannel_logout_uri'],
  );
  // first what must not be lost, then the ends: a crash between them leaves a session, never a portal that was not told
  if (toldPortals.length > 0)
    await insertLogouts(
      deps.db,
      toldPortals.map((visit) => ({ ...visit, subject })),
      now,
    );
  const markers = markerStore(deps.cache);
  await Promise.all([
    ...visits.map(({ family }) => (family === undefined ? undefined : markers.endGrant(family))),
    ...found.map((session) => session && sessions.end(session.uid)),
    sessions.forgetAccount(subject),
  ]);
  return found.length;
}

const visitsOf = (session: SessionDocument | undefined) =>
  Object.entries(session?.authorizations ?? {}).map(([portalId, { sid, grantId }]) => ({
    portalId: portalId as PortalId,
    sid: sid ?? '',
    family: grantId === undefined ? undefined : parseGrantId(grantId)?.family,
  }));
