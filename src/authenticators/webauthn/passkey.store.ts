import type { AuditEvent } from '../../audit/audit-event.ts';
import { auditPayload, recordForEach } from '../../audit/audit-in-statement.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { MadePasskey } from './check-registration.ts';

export interface Passkey {
  readonly subject: SubjectId;
  readonly credentialId: Buffer;
  /** COSE key. */
  readonly publicKey: Buffer;
}

export interface NewPasskey extends MadePasskey {
  readonly name: string;
}

/** The passkey that a device offers: by the account's handle and the credential's id. */
export async function selectPasskey(sql: Sql, handle: Buffer, credentialId: Buffer): Promise<Passkey | undefined> {
  const { rows } = await sql.query<{ account_id: SubjectId; public_key: Buffer }>({
    name: 'select-passkey',
    text: `SELECT p.account_id, p.public_key
           FROM passkey_handle h JOIN passkey p ON p.account_id = h.account_id
           WHERE h.handle = $1 AND p.credential_id = $2`,
    values: [handle, credentialId],
  });
  const row = rows[0];
  return row && { subject: row.account_id, credentialId, publicKey: row.public_key };
}

export interface PasskeyUse {
  readonly subject: SubjectId;
  readonly credentialId: Buffer;
  readonly counter: number;
  readonly synced: boolean;
}

/**
 * Notes a use and appends the event, in one statement. False when the counter did not grow (WebAuthn Level 3, 6.1.1): of
 * parallel uses of one assertion one wins. Devices that do not count send 0 for ever.
 */
export async function acceptUse(sql: Sql, use: PasskeyUse, event: AuditEvent, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'accept-passkey-use',
    text: `WITH changed AS (
             UPDATE passkey SET counter = $3, synced = $4, last_used_at = $5
             WHERE account_id = $1 AND credential_id = $2 AND (counter < $3 OR (counter = 0 AND $3 = 0))
             RETURNING account_id)
           ${recordForEach('changed', '$5', '$6')}`,
    values: [use.subject, use.credentialId, use.counter, use.synced, at, auditPayload(event)],
  });
  return rowCount === 1;
}

/** The handle of an account; `fresh` becomes it when there is none yet. */
export async function ensureHandle(sql: Sql, subject: SubjectId, fresh: Buffer): Promise<Buffer> {
  const { rows } = await sql.query<{ handle: Buffer }>({
    name: 'ensure-passkey-handle',
    text: `INSERT INTO passkey_handle (account_id, handle) VALUES ($1, $2)
           ON CONFLICT (account_id) DO UPDATE SET handle = passkey_handle.handle RETURNING handle`,
    values: [subject, fresh],
  });
  return rows[0]?.handle ?? fresh;
}

/**
 * Binds a passkey and appends the event, in one statement; false when the account has it already. The same id in another
 * account does no harm: a passkey is found by the account's own handle as well.
 */
export async function insertPasskey(
  sql: Sql,
  subject: SubjectId,
  passkey: NewPasskey,
  event: AuditEvent,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'insert-passkey',
    text: `WITH changed AS (
             INSERT INTO passkey (account_id, credential_id, public_key, counter, may_sync, synced, transports, aaguid, name, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT DO NOTHING RETURNING account_id)
           ${recordForEach('changed', '$10', '$11')}`,
    values: [
      subject,
      passkey.credentialId,
      Buffer.from(passkey.publicKey),
      passkey.counter,
      passkey.maySync,
      passkey.synced,
      passkey.transports,
      passkey.aaguid,
      passkey.name,
      at,
      auditPayload(event),
    ],
  });
  return rowCount === 1;
}

/** Unbinds a passkey and appends the event; false when the account has no such one. */
export async function deletePasskey(
  sql: Sql,
  subject: SubjectId,
  credentialId: Buffer,
  event: AuditEvent,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'delete-passkey',
    text: `WITH changed AS (DELETE FROM passkey WHERE account_id = $1 AND credential_id = $2 RETURNING account_id)
           ${recordForEach('changed', '$3', '$4')}`,
    values: [subject, credentialId, at, auditPayload(event)],
  });
  return rowCount === 1;
}
