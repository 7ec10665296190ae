import type { Brand } from '../../kernel/brand.ts';
import type { PortalId } from '../../kernel/ids.ts';

export type ProposalId = Brand<string, 'ProposalId'>;
export type ProposalDecision = 'confirmed' | 'refused';

/** A portal that one registrar wrote down, until another has appraised it. */
export interface PortalProposal {
  readonly proposalId: ProposalId;
  readonly portalId: PortalId;
  /** The portal's file, JSON, as it was given. */
  readonly file: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** The last second in which the appraisal is in time. */
  readonly dueAt: Date;
  readonly decided?: {
    readonly as: ProposalDecision;
    readonly by: string;
    readonly at: Date;
    readonly record: string;
  };
}

const PROPOSAL_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id as it stands in an address; undefined for any other text. */
export const parseProposalId = (text: string): ProposalId | undefined =>
  PROPOSAL_ID.test(text) ? (text as ProposalId) : undefined;
