import type { AuditEvent } from '../../audit/audit-event.ts';
import { auditPayload, recordForEach } from '../../audit/audit-in-statement.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';

export interface Totp {
  /** Sealed in the context `totp:<subject>`. */
  readonly sealedSecret: Buffer;
  readonly enrolledAt: Date;
  readonly exhausted: boolean;
}

export async function selectTotp(sql: Sql, subject: SubjectId): Promise<Totp | undefined> {
  const { rows } = await sql.query<{ secret: Buffer; enrolled_at: Date; exhausted_at: Date | null }>({
    name: 'select-totp',
    text: 'SELECT secret, enrolled_at, exhausted_at FROM totp WHERE account_id = $1',
    values: [subject],
  });
  const row = rows[0];
  return row && { sealedSecret: row.secret, enrolledAt: row.enrolled_at, exhausted: row.exhausted_at !== null };
}

/**
 * Accepts a step of this very secret once and appends the event, in one statement. False when the step, or a later one,
 * was accepted before: of parallel tries with one code one wins.
 */
export async function acceptStep(
  sql: Sql,
  subject: SubjectId,
  totp: Totp,
  step: number,
  event: AuditEvent,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'accept-totp-step',
    text: `WITH changed AS (
             UPDATE totp SET last_step = $2
             WHERE account_id = $1 AND last_step < $2 AND secret = $3 AND exhausted_at IS NULL
             RETURNING account_id)
           ${recordForEach('changed', '$4', '$5')}`,
    values: [subject, step, totp.sealedSecret, at, auditPayload(event)],
  });
  return rowCount === 1;
}

/** Binds a secret, in place of an earlier one, and appends the event, in one statement. `step` and earlier ones are spent. */
export async function upsertTotp(
  sql: Sql,
  subject: SubjectId,
  sealedSecret: Buffer,
  step: number,
  event: AuditEvent,
  at: Date,
): Promise<void> {
  await sql.query({
    name: 'upsert-totp',
    text: `WITH changed AS (
             INSERT INTO totp (account_id, secret, last_step, enrolled_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id) DO UPDATE
             SET secret = EXCLUDED.secret, last_step = EXCLUDED.last_step, enrolled_at = EXCLUDED.enrolled_at, exhausted_at = NULL
             RETURNING account_id)
           ${recordForEach('changed', '$4', '$5')}`,
    values: [subject, sealedSecret, step, at, auditPayload(event)],
  });
}

/** Closes this way until a secret is bound again. */
export async function updateTotpExhausted(sql: Sql, subject: SubjectId, at: Date): Promise<void> {
  await sql.query({
    name: 'exhaust-totp',
    text: 'UPDATE totp SET exhausted_at = $2 WHERE account_id = $1',
    values: [subject, at],
  });
}

/** Unbinds the secret and appends the event; false when there was none. */
export async function deleteTotp(sql: Sql, subject: SubjectId, event: AuditEvent, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'delete-totp',
    text: `WITH changed AS (DELETE FROM totp WHERE account_id = $1 RETURNING account_id)
           ${recordForEach('changed', '$2', '$3')}`,
    values: [subject, at, auditPayload(event)],
  });
  return rowCount === 1;
}
