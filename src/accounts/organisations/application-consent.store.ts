import type { SubjectId } from '../../kernel/ids.ts';
import type { KeyedHash } from '../../storage/keyed-hash.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { ApplicationId } from './application.ts';

const columnsOf = (hashes: readonly KeyedHash[]) => [hashes.map((h) => h.version), hashes.map((h) => h.hash)];
const OF_NUMBER = '(number_version, number_hash) IN (SELECT * FROM unnest($2::smallint[], $3::bytea[]))';

/** What one representative said, who is named by number alone. */
export interface ApplicationConsent {
  readonly number: KeyedHash;
  readonly decision?: 'agreed' | 'declined';
}

export async function insertConsents(sql: Sql, id: ApplicationId, numbers: readonly KeyedHash[]): Promise<void> {
  await sql.query(
    `INSERT INTO organisation_consent (application_id, number_version, number_hash)
     SELECT $1, * FROM unnest($2::smallint[], $3::bytea[])`,
    [id, ...columnsOf(numbers)],
  );
}

export async function selectConsents(sql: Sql, id: ApplicationId): Promise<ApplicationConsent[]> {
  const { rows } = await sql.query<{
    number_version: number;
    number_hash: Buffer;
    decision: 'agreed' | 'declined' | null;
  }>(
    `SELECT number_version, number_hash, decision FROM organisation_consent WHERE application_id = $1
     ORDER BY number_hash`,
    [id],
  );
  return rows.map((row) => ({
    number: { version: row.number_version, hash: row.number_hash },
    ...(row.decision !== null && { decision: row.decision }),
  }));
}

/** Whether the person of this number was asked and had not answered. */
export async function updateConsent(
  sql: Sql,
  id: ApplicationId,
  hashes: readonly KeyedHash[],
  answer: { readonly decision: 'agreed' | 'declined'; readonly by: SubjectId; readonly at: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE organisation_consent SET decision = $4, decided_by = $5, decided_at = $6
     WHERE application_id = $1 AND decision IS NULL AND ${OF_NUMBER}`,
    [id, ...columnsOf(hashes), answer.decision, answer.by, answer.at],
  );
  return rowCount === 1;
}
