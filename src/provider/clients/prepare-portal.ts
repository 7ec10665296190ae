import type { Sealed } from '../../kernel/sealed.ts';
import { findPortalRecord } from '../../portals/find-portal-record.ts';
import { LOGO_BYTES, type PortalLogo } from '../../portals/portal-logo.ts';
import type { Portal } from '../../portals/portal.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { OutboundFetch } from '../outbound/guarded-fetch.ts';
import { generateClientSecret, hashClientSecret } from './client-secret.ts';
import { fetchLogo } from './fetch-logo.ts';
import type { PortalDraft } from './portal-file.ts';
import { validatePortal } from './validate-portal.ts';

export interface PreparePortalDeps {
  readonly db: Sql;
  readonly fetch: OutboundFetch;
  /** The sandbox: portals of this machine. */
  readonly loopback: boolean;
}

export type PreparedPortal =
  | {
      readonly kind: 'prepared';
      readonly portal: Portal;
      readonly isNew: boolean;
      readonly logo?: PortalLogo;
      /** To be shown this once. A portal that is registered again keeps the one it has. */
      readonly secret?: Sealed<string>;
    }
  /** Its id stays taken: what was issued under it is dead, and nothing may come of it again but by opening it. */
  | { readonly kind: 'disabled' }
  | { readonly kind: 'sector_fixed'; readonly sector: string }
  | { readonly kind: 'invalid'; readonly reasons: readonly string[] };

/** A draft made ready for registerPortal: checked against what is registered, with its secret and its logo. Writes nothing. */
export async function preparePortal(
  deps: PreparePortalDeps,
  { portal: drafted, needsSecret }: PortalDraft,
): Promise<PreparedPortal> {
  const known = (await findPortalRecord(deps, drafted.portalId))?.portal;
  if (known?.disabled) return { kind: 'disabled' };
  // every `sub` the portal knows its people by hangs on the sector
  if (known && known.sector !== drafted.sector) return { kind: 'sector_fixed', sector: known.sector };
  const kept = known?.metadata['client_secret'];
  const secret = needsSecret && kept === undefined ? generateClientSecret() : undefined;
  const stored = secret ? hashClientSecret(secret) : kept;
  const portal: Portal = {
    ...drafted,
    metadata: { ...drafted.metadata, ...(needsSecret && { client_secret: stored }) },
  };
  const validity = await validatePortal(portal, deps);
  if (validity.kind === 'invalid') return validity;
  const logo = await fetchLogo(deps.fetch, portal.metadata['logo_uri'], LOGO_BYTES);
  return { kind: 'prepared', portal, isNew: !known, ...(logo && { logo }), ...(secret && { secret }) };
}
