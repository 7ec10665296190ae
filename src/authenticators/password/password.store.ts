import type { AuditEvent } from '../../audit/audit-event.ts';
import { auditPayload, recordForEach } from '../../audit/audit-in-statement.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { PasswordHash } from './password-hash.ts';

export interface Password {
  readonly hash: PasswordHash;
  readonly setAt: Date;
  /** A hundred wrong tries in a row were made: it no longer opens anything. */
  readonly exhausted: boolean;
  readonly beside: Beside;
}

/** What else the account can show; read with the password, so that a sign-in need not ask again. */
export interface Beside {
  readonly totp: boolean;
  readonly passkey: boolean;
}

interface Row {
  readonly hash: string;
  readonly pepper_version: number;
  readonly set_at: Date;
  readonly exhausted_at: Date | null;
  readonly has_totp: boolean;
  readonly has_passkey: boolean;
}

export async function selectPassword(sql: Sql, subject: SubjectId): Promise<Password | undefined> {
  const { rows } = await sql.query<Row>({
    name: 'select-password',
    text: `SELECT hash, pepper_version, set_at, exhausted_at,
             EXISTS (SELECT FROM totp t WHERE t.account_id = p.account_id) AS has_totp,
             EXISTS (SELECT FROM passkey k WHERE k.account_id = p.account_id) AS has_passkey
           FROM password p WHERE account_id = $1`,
    values: [subject],
  });
  return (
    rows[0] && {
      hash: { phc: rows[0].hash, pepperVersion: rows[0].pepper_version },
      setAt: rows[0].set_at,
      exhausted: rows[0].exhausted_at !== null,
      beside: { totp: rows[0].has_totp, passkey: rows[0].has_passkey },
    }
  );
}

/** Sets or replaces the password and appends the event, in one statement. */
export async function upsertPassword(
  sql: Sql,
  subject: SubjectId,
  hash: PasswordHash,
  event: AuditEvent,
  at: Date,
): Promise<void> {
  await sql.query({
    name: 'upsert-password',
    text: `WITH changed AS (
             INSERT INTO password (account_id, hash, pepper_version, set_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id) DO UPDATE
             SET hash = EXCLUDED.hash, pepper_version = EXCLUDED.pepper_version, set_at = EXCLUDED.set_at, exhausted_at = NULL
             RETURNING account_id)
           ${recordForEach('changed', '$4', '$5')}`,
    values: [subject, hash.phc, hash.pepperVersion, at, auditPayload(event)],
  });
}

/** Replaces the hash of an unchanged password, unless it was changed since it was read. */
export async function updateHash(sql: Sql, subject: SubjectId, read: PasswordHash, fresh: PasswordHash): Promise<void> {
  await sql.query({
    name: 'update-password-hash',
    text: 'UPDATE password SET hash = $3, pepper_version = $4 WHERE account_id = $1 AND hash = $2',
    values: [subject, read.phc, fresh.phc, fresh.pepperVersion],
  });
}

/** Closes this way until a new password is set. */
export async function updateExhausted(sql: Sql, subject: SubjectId, at: Date): Promise<void> {
  await sql.query({
    name: 'exhaust-password',
    text: 'UPDATE password SET exhausted_at = $2 WHERE account_id = $1',
    values: [subject, at],
  });
}
