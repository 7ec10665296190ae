import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import { randomId } from '../../kernel/random.ts';
import { readPortalFile, type PortalFileFault } from '../../provider/clients/portal-file.ts';
import { preparePortal, type PreparedPortal, type PreparePortalDeps } from '../../provider/clients/prepare-portal.ts';
import { inTransaction, type Database } from '../../storage/postgres.ts';
import { dueTime } from '../holidays/due-time.ts';
import { actorOf, type Officer } from '../officer.ts';
import { portalProposed } from './events.ts';
import { insertProposal } from './portal-proposal.store.ts';
import type { ProposalId } from './portal-proposal.ts';

export type ProposeDeps = PreparePortalDeps & { readonly db: Database; readonly clock: Clock };

export type ProposeOutcome =
  | { readonly kind: 'proposed'; readonly proposalId: ProposalId }
  | { readonly kind: 'refused'; readonly faults: readonly PortalFileFault[] }
  | Exclude<PreparedPortal, { kind: 'prepared' }>
  | { readonly kind: 'waits_already' };

/**
 * Writes a portal down (`file`: its JSON, as the operator's command takes it) for another registrar to appraise. Refused at once
 * for everything that could not be registered.
 */
export async function proposePortal(deps: ProposeDeps, by: Officer, file: string): Promise<ProposeOutcome> {
  const at = deps.clock.now();
  const reading = readPortalFile(file, { loopback: deps.loopback, today: dayInHanoi(at) });
  if (reading.kind === 'refused') return reading;
  const prepared = await preparePortal(deps, reading.draft);
  if (prepared.kind !== 'prepared') return prepared;
  const { portalId } = prepared.portal;
  const proposalId = randomId() as ProposalId;
  return inTransaction(deps.db, async (sql) => {
    const dueAt = await dueTime(sql, at, 'portal_appraised');
    const proposal = { proposalId, portalId, file, proposedBy: actorOf(by), proposedAt: at, dueAt };
    if (!(await insertProposal(sql, proposal))) return { kind: 'waits_already' };
    await record(sql, portalProposed(portalId, actorOf(by), proposalId), at);
    return { kind: 'proposed', proposalId };
  });
}
