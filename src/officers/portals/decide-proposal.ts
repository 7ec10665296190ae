import { record } from '../../audit/record.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import type { PortalId } from '../../kernel/ids.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { registerPortalIn } from '../../portals/register-portal.ts';
import { readPortalFile, type PortalFileFault } from '../../provider/clients/portal-file.ts';
import { preparePortal, type PreparedPortal } from '../../provider/clients/prepare-portal.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import { actorOf, type Officer } from '../officer.ts';
import { portalProposalDecided } from './events.ts';
import { selectProposal, updateDecision } from './portal-proposal.store.ts';
import type { PortalProposal, ProposalDecision, ProposalId } from './portal-proposal.ts';
import { mayDecideProposal, type ProposalDecisionRule } from './proposal-decision.policy.ts';
import type { ProposeDeps } from './propose-portal.ts';

export interface ProposalVerdict {
  readonly as: ProposalDecision;
  /** Number of the appraisal's record, or of the paper that refuses; empty when the writer takes it back. */
  readonly record: string;
}

export type DecideProposalOutcome =
  | { readonly kind: 'confirmed'; readonly portalId: PortalId; readonly secret?: Sealed<string> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'no_proposal' }
  | { readonly kind: 'record_missing' }
  | Exclude<ProposalDecisionRule, { kind: 'may_decide' }>
  /** What was right when it was proposed is so no longer. */
  | { readonly kind: 'unfit'; readonly faults: readonly PortalFileFault[] }
  | Exclude<PreparedPortal, { kind: 'prepared' }>;

/** Another registrar's word on a proposal. Confirmed: the portal is registered from the commit on, its secret shown this once. */
export async function decideProposal(
  deps: ProposeDeps,
  by: Officer,
  proposalId: ProposalId,
  verdict: ProposalVerdict,
): Promise<DecideProposalOutcome> {
  const proposal = await selectProposal(deps.db, proposalId);
  if (!proposal) return { kind: 'no_proposal' };
  const rule = mayDecideProposal(proposal, actorOf(by), verdict.as);
  if (rule.kind !== 'may_decide') return rule;
  if (verdict.record === '' && proposal.proposedBy !== actorOf(by)) return { kind: 'record_missing' };
  if (verdict.as === 'refused') {
    const decided = await inTransaction(deps.db, (sql) => decide(sql, deps, by, proposal, verdict));
    return decided.kind === 'may_decide' ? { kind: 'refused' } : decided;
  }
  const today = dayInHanoi(deps.clock.now());
  const reading = readPortalFile(proposal.file, { loopback: deps.loopback, today });
  if (reading.kind === 'refused') return { kind: 'unfit', faults: reading.faults };
  // the logo comes from the network: before the transaction
  const prepared = await preparePortal(deps, reading.draft);
  if (prepared.kind !== 'prepared') return prepared;
  const { portal, logo, secret } = prepared;
  const decided = await inTransaction(deps.db, async (sql) => {
    const standing = await decide(sql, deps, by, proposal, verdict);
    if (standing.kind === 'may_decide') await registerPortalIn(sql, deps, portal, actorOf(by), logo);
    return standing;
  });
  if (decided.kind !== 'may_decide') return decided;
  return { kind: 'confirmed', portalId: portal.portalId, ...(secret && { secret }) };
}

/** Decided once, whoever presses at the same moment. */
async function decide(
  sql: Sql,
  deps: ProposeDeps,
  by: Officer,
  { proposalId, portalId }: PortalProposal,
  verdict: ProposalVerdict,
): Promise<ProposalDecisionRule> {
  const held = await selectProposal(sql, proposalId, { lock: true });
  const rule = held ? mayDecideProposal(held, actorOf(by), verdict.as) : ({ kind: 'already_decided' } as const);
  if (rule.kind !== 'may_decide') return rule;
  const at = deps.clock.now();
  await updateDecision(sql, proposalId, { ...verdict, by: actorOf(by), at });
  await record(sql, portalProposalDecided(portalId, actorOf(by), proposalId, verdict), at);
  return rule;
}
