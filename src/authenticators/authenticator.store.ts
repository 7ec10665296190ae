import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import type { Enrolled } from './enrolled.ts';

interface PasskeyRow {
  readonly credential_id: Buffer;
  readonly name: string;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly synced: boolean;
}
interface Row extends PasskeyRow {
  readonly has_password: boolean;
  readonly totp_enrolled_at: Date | null;
}

/** All that is enrolled, in one statement: a row a passkey, or one without when there is none. */
export async function selectEnrolled(sql: Sql, subject: SubjectId): Promise<Enrolled> {
  const { rows } = await sql.query<Row | (Omit<Row, keyof PasskeyRow> & { credential_id: null })>({
    name: 'select-enrolled',
    text: `SELECT EXISTS (SELECT FROM password WHERE account_id = $1) AS has_password,
                  (SELECT enrolled_at FROM totp WHERE account_id = $1) AS totp_enrolled_at,
                  p.credential_id, p.name, p.created_at, p.last_used_at, p.synced
           FROM (VALUES ($1::uuid)) AS asked (account_id)
           LEFT JOIN passkey p ON p.account_id = asked.account_id
           ORDER BY p.created_at, p.credential_id`,
    values: [subject],
  });
  const enrolledAt = rows[0]?.totp_enrolled_at;
  return {
    password: rows[0]?.has_password ?? false,
    ...(enrolledAt ? { totp: { enrolledAt } } : {}),
    passkeys: rows.flatMap((row) =>
      row.credential_id === null
        ? []
        : [
            {
              credentialId: row.credential_id.toString('base64url'),
              name: row.name,
              createdAt: row.created_at,
              ...(row.last_used_at ? { lastUsedAt: row.last_used_at } : {}),
              synced: row.synced,
            },
          ],
    ),
  };
}

/** Two changes of one account's authenticators wait for each other until the transaction ends. */
export async function lockAuthenticators(sql: Sql, subject: SubjectId): Promise<void> {
  await sql.query("SELECT pg_advisory_xact_lock(hashtextextended('authenticators:' || $1, 0))", [subject]);
}
