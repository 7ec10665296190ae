import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import type { ConsentDecision } from './consent.ts';

/** Replaces the decisions in force on the same claims and purpose; the earlier ones stay as withdrawn history. */
export async function insertDecisions(
  sql: Sql,
  subject: SubjectId,
  portal: PortalId,
  decisions: readonly ConsentDecision[],
  at: Date,
): Promise<void> {
  const columns = [
    decisions.map((d) => d.claim),
    decisions.map((d) => d.purposeVersion),
    decisions.map((d) => d.decision),
  ];
  // a form sent twice: the second waits, and then replaces what the first decided
  await sql.query("SELECT pg_advisory_xact_lock(hashtextextended('consent:' || $1 || $2, 0))", [subject, portal]);
  await sql.query(
    `UPDATE consent SET withdrawn_at = $3 FROM unnest($4::text[], $5::int[]) AS n (claim, purpose_version)
     WHERE account_id = $1 AND portal_id = $2 AND withdrawn_at IS NULL
       AND consent.claim = n.claim AND consent.purpose_version = n.purpose_version`,
    [subject, portal, at, columns[0], columns[1]],
  );
  await sql.query(
    `INSERT INTO consent (account_id, portal_id, claim, purpose_version, decision, decided_at)
     SELECT $1, $2, claim, purpose_version, decision, $3
     FROM unnest($4::text[], $5::int[], $6::text[]) AS n (claim, purpose_version, decision)
     ON CONFLICT (account_id, portal_id, claim, purpose_version, decided_at)
     DO UPDATE SET decision = EXCLUDED.decision, withdrawn_at = NULL`,
    [subject, portal, at, ...columns],
  );
}

/** How many decisions ended. */
export async function updateWithdrawn(sql: Sql, subject: SubjectId, portal: PortalId, at: Date): Promise<number> {
  const { rowCount } = await sql.query(
    'UPDATE consent SET withdrawn_at = $3 WHERE account_id = $1 AND portal_id = $2 AND withdrawn_at IS NULL',
    [subject, portal, at],
  );
  return rowCount ?? 0;
}

export interface ConsentInForce extends ConsentDecision {
  readonly portalId: PortalId;
  readonly decidedAt: Date;
}

export async function selectConsents(sql: Sql, subject: SubjectId): Promise<ConsentInForce[]> {
  const { rows } = await sql.query<ConsentInForce>(
    `SELECT portal_id AS "portalId", claim, purpose_version AS "purposeVersion", decision, decided_at AS "decidedAt"
     FROM consent WHERE account_id = $1 AND withdrawn_at IS NULL ORDER BY portal_id, decided_at, claim`,
    [subject],
  );
  return rows;
}
