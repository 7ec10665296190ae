import { errors } from 'oidc-provider';
import type { Clock } from '../../kernel/clock.ts';
import type { PortalId } from '../../kernel/ids.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { CLAIM_NAMES } from '../../portals/claim.ts';
import type { PortalDirectory } from '../../portals/portal-directory.ts';
import type { Portal } from '../../portals/portal.ts';
import { registerPortal } from '../../portals/register-portal.ts';
import type { Database } from '../../storage/postgres.ts';
import type { OutboundFetch } from '../outbound/guarded-fetch.ts';
import { hashClientSecret } from './client-secret.ts';
import { fetchLogo } from './fetch-logo.ts';
import { mayRegisterAddress } from './redirect-address.policy.ts';

export type RegisterDynamicPortal = (id: string, metadata: Readonly<Record<string, unknown>>) => Promise<void>;

const ADDRESSES = ['redirect_uris', 'post_logout_redirect_uris', 'logo_uri', 'policy_uri', 'tos_uri'];
/** More than a registered portal may have: the OpenID Foundation's suite has a logo of 38 KB. */
const LOGO_BYTES = 48 * 1024;

/**
 * Dynamic registration (OpenID Connect Dynamic Client Registration 1.0), for the sandbox: a portal of a tester, with every
 * claim and the lowest minimum. Throws InvalidClientMetadata for an address that may not be registered.
 */
export function dynamicRegistration(deps: {
  db: Database;
  clock: Clock;
  directory: Pick<PortalDirectory, 'reload'>;
  fetch: OutboundFetch;
}): RegisterDynamicPortal {
  return async (id, metadata) => {
    for (const field of ADDRESSES) checkAddresses(field, metadata[field]);
    const portal = toPortal(id as PortalId, metadata);
    const logo = await fetchLogo(deps.fetch, metadata['logo_uri'], LOGO_BYTES);
    await registerPortal(deps, portal, 'dynamic_registration', logo);
    await deps.directory.reload(portal.portalId);
  };
}

function checkAddresses(field: string, addresses: unknown): void {
  const list = typeof addresses === 'string' ? [addresses] : Array.isArray(addresses) ? (addresses as string[]) : [];
  for (const address of list) {
    const decision = mayRegisterAddress(address, { loopback: true });
    if (decision.kind === 'refused') {
      throw new errors.InvalidClientMetadata(`${field} must not contain this address (${decision.fault})`);
    }
  }
}

function toPortal(portalId: PortalId, metadata: Readonly<Record<string, unknown>>): Portal {
  const secret = metadata['client_secret'];
  const name = typeof metadata['client_name'] === 'string' ? metadata['client_name'].slice(0, 80) : portalId;
  const redirectUri = (metadata['redirect_uris'] as string[] | undefined)?.[0] ?? '';
  const sectorUri = metadata['sector_identifier_uri'];
  return {
    portalId,
    name: { vi: name, en: name },
    authority: { vi: 'Cổng thử nghiệm', en: 'Test portal' },
    purpose: { vi: 'Thử kết nối với hệ thống định danh', en: 'Trying out a connection to the identity system' },
    purposeVersion: 1,
    minimumAcr: 'LoA1',
    claims: CLAIM_NAMES.map((claim) => ({ name: claim, required: false })),
    sector: new URL(typeof sectorUri === 'string' ? sectorUri : redirectUri).host,
    homeUrl: new URL(redirectUri).origin,
    firstParty: false,
    dynamic: true,
    disabled: false,
    metadata: {
      ...metadata,
      ...(typeof secret === 'string' && { client_secret: hashClientSecret(new Sealed(secret)) }),
    },
  };
}
