import type { RecordedEvent } from '../../audit/recorded-event.ts';
import { DISABLE_REASONS, type PortalRecord } from '../../portals/portal-record.ts';
import { portalLinks, type Portal } from '../../portals/portal.ts';
import { dueIn } from '../cases/due-in.ts';
import { actorOf } from '../officer.ts';
import type { Staff } from '../staff/list-staff.ts';
import type { PortalProposal } from './portal-proposal.ts';
import type { Doer, PortalEventLine, PortalLine, PortalShown, ProposalLine } from './portals.views.ts';

const OTHERS: Readonly<Record<string, Doer['kind']>> = { sandbox: 'sandbox', dynamic_registration: 'self' };

/** Whom the audit trail means by `actor`. */
export function doerOf(actor: string | undefined, { members }: Staff): Doer {
  if (actor === undefined) return { kind: 'unknown', name: '' };
  const officer = members.find((member) => actorOf(member) === actor);
  if (officer) return { kind: 'officer', name: officer.personal.reveal().name };
  const [who, name = ''] = actor.split(':');
  return who === 'operator' ? { kind: 'operator', name } : { kind: OTHERS[actor] ?? 'unknown', name: '' };
}

export const portalLine = ({ portal, registeredAt, registeredBy }: PortalRecord, staff: Staff): PortalLine => ({
  portalId: portal.portalId,
  name: portal.name,
  authority: portal.authority,
  isDisabled: portal.disabled,
  minimumAcr: portal.minimumAcr,
  claims: portal.claims.length,
  ...(portal.agreement && { agreement: portal.agreement.number }),
  registeredAt,
  by: doerOf(registeredBy, staff),
});

export const proposalLine = (proposal: PortalProposal, staff: Staff, now: Date): ProposalLine => ({
  proposalId: proposal.proposalId,
  portalId: proposal.portalId,
  proposedAt: proposal.proposedAt,
  by: doerOf(proposal.proposedBy, staff),
  dueAt: proposal.dueAt,
  due: dueIn(proposal.dueAt, now),
});

/** All that is agreed with a portal, as the pages show it. */
export function portalShown(portal: Portal): PortalShown {
  const { metadata } = portal;
  const text = (name: string) => (typeof metadata[name] === 'string' ? metadata[name] : undefined);
  const list = (name: string) => (Array.isArray(metadata[name]) ? (metadata[name] as string[]) : []);
  const [logoutUri, logoUri] = [text('backchannel_logout_uri'), text('logo_uri')];
  return {
    portalId: portal.portalId,
    name: portal.name,
    authority: portal.authority,
    purpose: portal.purpose,
    purposeVersion: portal.purposeVersion,
    minimumAcr: portal.minimumAcr,
    claims: portal.claims,
    sector: portal.sector,
    homeUrl: portal.homeUrl,
    redirectUris: list('redirect_uris'),
    signedOutUris: list('post_logout_redirect_uris'),
    ...(logoutUri !== undefined && { logoutUri }),
    keys: keysOf(portal),
    refreshTokens: list('grant_types').includes('refresh_token'),
    pushes: metadata['require_pushed_authorization_requests'] === true,
    ...(portal.logo !== undefined && { logo: portal.logo }),
    ...(logoUri !== undefined && { logoUri }),
    ...portalLinks(portal),
    ...(portal.agreement && { agreement: portal.agreement }),
  };
}

function keysOf({ metadata }: Portal): PortalShown['keys'] {
  const { jwks, jwks_uri: address, token_endpoint_auth_method: method } = metadata;
  if (typeof address === 'string') return { kind: 'keys_at', address };
  if (jwks === undefined) return { kind: 'secret', method: String(method) };
  const { keys } = jwks as { keys: readonly { readonly kid?: string; readonly kty: string }[] };
  return { kind: 'keys', kids: keys.map(({ kid, kty }) => kid ?? kty).join(', ') };
}

export function eventLine({ kind, at, actor, data }: RecordedEvent, staff: Staff): PortalEventLine {
  const decision = data['decision'];
  const reason = DISABLE_REASONS.find((one) => one === data['reason']);
  const document = data['document'] ?? data['record'];
  return {
    name: typeof decision === 'string' ? `proposal_${decision}` : kind.replace('portal.', ''),
    at,
    by: doerOf(actor, staff),
    ...(reason && { reason }),
    ...(typeof document === 'string' && { document }),
  };
}
