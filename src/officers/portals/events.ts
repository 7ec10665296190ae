import type { AuditEvent } from '../../audit/audit-event.ts';
import type { PortalId } from '../../kernel/ids.ts';
import type { ProposalDecision } from './portal-proposal.ts';

/** A registrar wrote a portal down; nobody can sign in there yet. */
export const portalProposed = (portal: PortalId, actor: string, proposal: string): AuditEvent => ({
  kind: 'portal.proposed',
  portal,
  actor,
  data: { proposal },
});

/** `record`: number of the appraisal's record, or of the paper that refuses; none when the writer takes it back. */
export const portalProposalDecided = (
  portal: PortalId,
  actor: string,
  proposal: string,
  { as, record }: { readonly as: ProposalDecision; readonly record: string },
): AuditEvent => ({
  kind: 'portal.proposal_decided',
  portal,
  actor,
  data: { proposal, decision: as, ...(record !== '' && { record }) },
});

/** What the page of a portal tells of its history. */
export const PORTAL_EVENTS = [
  'portal.proposed',
  'portal.proposal_decided',
  'portal.registered',
  'portal.disabled',
  'portal.enabled',
] as const;
