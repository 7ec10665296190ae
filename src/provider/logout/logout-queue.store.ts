import type { PortalId, SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';

/** A sign-out a portal has still to hear of. */
export interface QueuedLogout {
  readonly subject: SubjectId;
  readonly portalId: PortalId;
  /** The session as that portal knows it. */
  readonly sid: string;
  readonly queuedAt: Date;
  readonly attempts: number;
}

/** Queued twice is delivered once. */
export async function insertLogouts(
  sql: Sql,
  logouts: readonly Pick<QueuedLogout, 'subject' | 'portalId' | 'sid'>[],
  at: Date,
): Promise<void> {
  await sql.query(
    `INSERT INTO logout_queue (account_id, portal_id, sid, queued_at, next_attempt_at)
     SELECT account_id, portal_id, sid, $1, $1 FROM unnest($2::uuid[], $3::text[], $4::text[]) AS n (account_id, portal_id, sid)
     ON CONFLICT DO NOTHING`,
    [at, logouts.map((l) => l.subject), logouts.map((l) => l.portalId), logouts.map((l) => l.sid)],
  );
}

/** Takes up to `limit` due logouts for `leaseUntil`; until then no other process takes them, and afterwards one does. */
export async function claimDueLogouts(sql: Sql, now: Date, leaseUntil: Date, limit: number): Promise<QueuedLogout[]> {
  const { rows } = await sql.query<QueuedLogout>(
    `UPDATE logout_queue q SET next_attempt_at = $2, attempts = attempts + 1
     FROM (SELECT account_id, portal_id, sid FROM logout_queue WHERE next_attempt_at <= $1
           ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
     WHERE (q.account_id, q.portal_id, q.sid) = (due.account_id, due.portal_id, due.sid)
     RETURNING q.account_id AS subject, q.portal_id AS "portalId", q.sid, q.queued_at AS "queuedAt", q.attempts`,
    [now, leaseUntil, limit],
  );
  return rows;
}

type Key = Pick<QueuedLogout, 'subject' | 'portalId' | 'sid'>;

export async function updateNextAttempt(sql: Sql, { subject, portalId, sid }: Key, at: Date): Promise<void> {
  await sql.query(
    'UPDATE logout_queue SET next_attempt_at = $4 WHERE account_id = $1 AND portal_id = $2 AND sid = $3',
    [subject, portalId, sid, at],
  );
}

export async function deleteLogout(sql: Sql, { subject, portalId, sid }: Key): Promise<void> {
  await sql.query('DELETE FROM logout_queue WHERE account_id = $1 AND portal_id = $2 AND sid = $3', [
    subject,
    portalId,
    sid,
  ]);
}
