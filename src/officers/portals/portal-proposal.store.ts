import type { PortalId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { PortalProposal, ProposalDecision, ProposalId } from './portal-proposal.ts';

interface ProposalRow {
  readonly proposal_id: ProposalId;
  readonly portal_id: PortalId;
  readonly file: object;
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly due_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision: ProposalDecision | null;
  readonly record_number: string | null;
}

const COLUMNS = `proposal_id, portal_id, file, proposed_by, proposed_at, due_at, decided_by, decided_at, decision, record_number`;

const toProposal = (row: ProposalRow): PortalProposal => ({
  proposalId: row.proposal_id,
  portalId: row.portal_id,
  file: JSON.stringify(row.file),
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  dueAt: row.due_at,
  ...(row.decision !== null &&
    row.decided_by !== null &&
    row.decided_at !== null && {
      decided: { as: row.decision, by: row.decided_by, at: row.decided_at, record: row.record_number ?? '' },
    }),
});

/** False when a proposal for the same portal waits already. */
export async function insertProposal(sql: Sql, proposal: PortalProposal): Promise<boolean> {
  const { proposalId, portalId, file, proposedBy, proposedAt, dueAt } = proposal;
  const { rowCount } = await sql.query(
    `INSERT INTO portal_proposal (proposal_id, portal_id, file, proposed_by, proposed_at, due_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (portal_id) WHERE decided_at IS NULL DO NOTHING`,
    [proposalId, portalId, file, proposedBy, proposedAt, dueAt],
  );
  return rowCount === 1;
}

/** Those that wait, the most urgent first. */
export async function selectWaiting(sql: Sql): Promise<PortalProposal[]> {
  const { rows } = await sql.query<ProposalRow>(
    `SELECT ${COLUMNS} FROM portal_proposal WHERE decided_at IS NULL ORDER BY due_at, proposal_id LIMIT 200`,
  );
  return rows.map(toProposal);
}

/** `lock`: for the decision that follows in the same transaction. */
export async function selectProposal(
  sql: Sql,
  proposalId: ProposalId,
  { lock = false } = {},
): Promise<PortalProposal | undefined> {
  const { rows } = await sql.query<ProposalRow>(
    `SELECT ${COLUMNS} FROM portal_proposal WHERE proposal_id = $1${lock ? ' FOR UPDATE' : ''}`,
    [proposalId],
  );
  return rows[0] && toProposal(rows[0]);
}

export async function updateDecision(
  sql: Sql,
  proposalId: ProposalId,
  { as, by, at, record }: NonNullable<PortalProposal['decided']>,
): Promise<void> {
  await sql.query(
    `UPDATE portal_proposal SET decision = $2, decided_by = $3, decided_at = $4, record_number = $5 WHERE proposal_id = $1`,
    [proposalId, as, by, at, record],
  );
}
