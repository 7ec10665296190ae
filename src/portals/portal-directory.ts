import type { PortalId } from '../kernel/ids.ts';
import { listen } from '../storage/listen.ts';
import type { Database } from '../storage/postgres.ts';
import { selectPortal, selectPortals } from './portal.store.ts';
import type { Portal } from './portal.ts';

/** The portals in memory: asked six times a sign-in, changed a few times a year. */
export interface PortalDirectory {
  /** The portal, or undefined when it is unknown or disabled. */
  find(portalId: string): Portal | undefined;
  /** Reads one portal from the database now: for the process that has just written it. */
  reload(portalId: PortalId): Promise<void>;
  stop(): Promise<void>;
}

/** Loads every portal and follows the changes by LISTEN. `builtIn` portals need no row. */
export async function openPortalDirectory(db: Database, builtIn: readonly Portal[]): Promise<PortalDirectory> {
  let portals = new Map<string, Portal>();
  const reloadAll = async () => {
    portals = new Map([...builtIn, ...(await selectPortals(db))].map((portal) => [portal.portalId, portal]));
  };
  const reload = async (portalId: PortalId) => {
    const portal = await selectPortal(db, portalId);
    if (portal) portals.set(portalId, portal);
  };
  const subscription = await listen(db, 'portal_changed', {
    onConnected: reloadAll,
    onNotice: (payload) => reload(payload as PortalId),
  });
  return {
    find(portalId) {
      const portal = portals.get(portalId);
      return portal?.disabled ? undefined : portal;
    },
    reload,
    stop: () => subscription.stop(),
  };
}
