import type { Adapter } from 'oidc-provider';
import type { PortalDirectory } from '../../portals/portal-directory.ts';
import { clientDocument } from '../clients/client-document.ts';
import type { RegisterDynamicPortal } from '../clients/register-dynamic-portal.ts';

/** Clients are portals, read from memory. Written only by dynamic registration, which the sandbox alone has. */
export const clientAdapter = (
  directory: Pick<PortalDirectory, 'find'>,
  register: RegisterDynamicPortal,
): Pick<Adapter, 'find' | 'upsert'> => ({
  async find(id) {
    const portal = directory.find(id);
    return portal && clientDocument(portal);
  },
  upsert: (id, metadata) => register(id, { ...metadata }),
});
