import { auditPayload, recordForEach } from '../../audit/audit-in-statement.ts';
import type { AuditEvent } from '../../audit/audit-event.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { OfficerId } from '../officer.ts';

export interface OfficerPasskey {
  readonly officerId: OfficerId;
  readonly credentialId: Buffer;
  /** COSE key. */
  readonly publicKey: Buffer;
}

/** The passkey that a device offers: by the officer's handle and the credential's id. Never one of a citizen. */
export async function selectPasskey(
  sql: Sql,
  handle: Buffer,
  credentialId: Buffer,
): Promise<OfficerPasskey | undefined> {
  const { rows } = await sql.query<{ officer_id: OfficerId; public_key: Buffer }>({
    name: 'select-officer-passkey',
    text: `SELECT p.officer_id, p.public_key FROM officer o JOIN officer_passkey p ON p.officer_id = o.officer_id
           WHERE o.handle = $1 AND p.credential_id = $2`,
    values: [handle, credentialId],
  });
  const row = rows[0];
  return row && { officerId: row.officer_id, credentialId, publicKey: row.public_key };
}

/** The ids (base64url) of an officer's passkeys. */
export async function selectPasskeyIds(sql: Sql, officerId: OfficerId): Promise<string[]> {
  const { rows } = await sql.query<{ credential_id: Buffer }>({
    name: 'select-officer-passkey-ids',
    text: 'SELECT credential_id FROM officer_passkey WHERE officer_id = $1 ORDER BY created_at',
    values: [officerId],
  });
  return rows.map((row) => row.credential_id.toString('base64url'));
}

export interface OfficerPasskeyUse {
  readonly officerId: OfficerId;
  readonly credentialId: Buffer;
  readonly counter: number;
  readonly synced: boolean;
}

/**
 * Notes a use and appends the event, in one statement. False when the officer is not active, or the counter did not grow
 * (WebAuthn Level 3, 6.1.1). Devices that do not count send 0 for ever.
 */
export async function acceptUse(sql: Sql, use: OfficerPasskeyUse, event: AuditEvent, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'accept-officer-passkey-use',
    text: `WITH changed AS (
             UPDATE officer_passkey p SET counter = $3, synced = $4, last_used_at = $5 FROM officer o
             WHERE o.officer_id = p.officer_id AND o.state = 'active' AND p.officer_id = $1 AND p.credential_id = $2
               AND (p.counter < $3 OR (p.counter = 0 AND $3 = 0))
             RETURNING p.officer_id)
           ${recordForEach('changed', '$5', '$6')}`,
    values: [use.officerId, use.credentialId, use.counter, use.synced, at, auditPayload(event)],
  });
  return rowCount === 1;
}

export interface NewOfficerPasskey extends OfficerPasskeyUse {
  readonly publicKey: Uint8Array;
  readonly maySync: boolean;
}

/** False when the officer has it already. */
export async function insertPasskey(sql: Sql, passkey: NewOfficerPasskey, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'insert-officer-passkey',
    text: `INSERT INTO officer_passkey (officer_id, credential_id, public_key, counter, may_sync, synced, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    values: [
      passkey.officerId,
      passkey.credentialId,
      Buffer.from(passkey.publicKey),
      passkey.counter,
      passkey.maySync,
      passkey.synced,
      at,
    ],
  });
  return rowCount === 1;
}
