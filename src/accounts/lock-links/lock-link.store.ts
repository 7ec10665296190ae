import { createHash } from 'node:crypto';
import type { Sealed } from '../../kernel/sealed.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';

/** The token has 128 random bits: a plain hash gives nothing away. */
const hashOf = (token: Sealed<string>): Buffer => createHash('sha256').update(token.reveal()).digest();

export async function insertLockLink(
  sql: Sql,
  link: { readonly subject: SubjectId; readonly token: Sealed<string>; readonly at: Date; readonly until: Date },
): Promise<void> {
  await sql.query('INSERT INTO lock_link (account_id, token_hash, made_at, expires_at) VALUES ($1, $2, $3, $4)', [
    link.subject,
    hashOf(link.token),
    link.at,
    link.until,
  ]);
}

/** Whose link it is, while it is good. */
export async function selectLockLink(sql: Sql, token: Sealed<string>, now: Date): Promise<SubjectId | undefined> {
  const { rows } = await sql.query<{ account_id: SubjectId }>({
    name: 'select-lock-link',
    text: 'SELECT account_id FROM lock_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2',
    values: [hashOf(token), now],
  });
  return rows[0]?.account_id;
}

/** Spends it: whose it was, for the first caller alone. */
export async function updateLockLinkUsed(sql: Sql, token: Sealed<string>, now: Date): Promise<SubjectId | undefined> {
  const { rows } = await sql.query<{ account_id: SubjectId }>({
    name: 'use-lock-link',
    text: `UPDATE lock_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
           RETURNING account_id`,
    values: [hashOf(token), now],
  });
  return rows[0]?.account_id;
}
