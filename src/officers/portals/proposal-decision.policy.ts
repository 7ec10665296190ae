interface ProposalFacts {
  readonly proposedBy: string;
  readonly decided?: object;
}

export type ProposalDecisionRule =
  { readonly kind: 'may_decide' } | { readonly kind: 'own_proposal' } | { readonly kind: 'already_decided' };

/** Four eyes: who wrote a portal down does not let it in, but may take the proposal back. `by`: as in the audit trail. */
export function mayDecideProposal(
  proposal: ProposalFacts,
  by: string,
  as: 'confirmed' | 'refused',
): ProposalDecisionRule {
  if (proposal.decided) return { kind: 'already_decided' };
  return as === 'confirmed' && proposal.proposedBy === by ? { kind: 'own_proposal' } : { kind: 'may_decide' };
}
