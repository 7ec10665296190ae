import type { SubjectId } from '../../kernel/ids.ts';
import type { KeyedHash } from '../../storage/keyed-hash.ts';
import type { Sql } from '../../storage/postgres.ts';

const columnsOf = (hashes: readonly KeyedHash[]) => [hashes.map((h) => h.version), hashes.map((h) => h.hash)];

/** A legal representative by number, and by account where they have one. */
export interface Representative {
  readonly number: KeyedHash;
  readonly subject: SubjectId | undefined;
}

/** The accounts of those who represent the organisation now. */
export async function selectRepresentatives(sql: Sql, organisation: SubjectId): Promise<SubjectId[]> {
  const { rows } = await sql.query<{ representative_id: SubjectId }>(
    `SELECT representative_id FROM organisation_representative
     WHERE account_id = $1 AND ended_at IS NULL AND representative_id IS NOT NULL ORDER BY since, representative_id`,
    [organisation],
  );
  return rows.map((row) => row.representative_id);
}

export async function insertRepresentative(
  sql: Sql,
  organisation: SubjectId,
  { number, subject }: Representative,
  at: Date,
): Promise<void> {
  await sql.query(
    `INSERT INTO organisation_representative (account_id, number_version, number_hash, since, representative_id)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (account_id, number_version, number_hash, since) DO UPDATE SET ended_at = NULL`,
    [organisation, number.version, number.hash, at, subject ?? null],
  );
}

/** Ends those whose number, under any key still accepted, is none of `hashes`: their accounts, absent where there was none. */
export async function updateOthersEnded(
  sql: Sql,
  organisation: SubjectId,
  hashes: readonly KeyedHash[],
  at: Date,
): Promise<readonly (SubjectId | undefined)[]> {
  const { rows } = await sql.query<{ representative_id: SubjectId | null }>(
    `UPDATE organisation_representative SET ended_at = $4 WHERE account_id = $1 AND ended_at IS NULL
       AND (number_version, number_hash) NOT IN (SELECT * FROM unnest($2::smallint[], $3::bytea[]))
     RETURNING representative_id`,
    [organisation, ...columnsOf(hashes), at],
  );
  return rows.map((row) => row.representative_id ?? undefined);
}

/** Whether one of `hashes`, which are of one number, represents the organisation now. */
export async function hasRepresentative(
  sql: Sql,
  organisation: SubjectId,
  hashes: readonly KeyedHash[],
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `SELECT 1 FROM organisation_representative WHERE account_id = $1 AND ended_at IS NULL
       AND (number_version, number_hash) IN (SELECT * FROM unnest($2::smallint[], $3::bytea[])) LIMIT 1`,
    [organisation, ...columnsOf(hashes)],
  );
  return rowCount === 1;
}

/** From now on the person of this number acts through the account they have just got. */
export async function updateRepresentativeBound(
  sql: Sql,
  hashes: readonly KeyedHash[],
  subject: SubjectId,
): Promise<void> {
  await sql.query(
    `UPDATE organisation_representative SET representative_id = $3 WHERE representative_id IS NULL AND ended_at IS NULL
       AND (number_version, number_hash) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))`,
    [...columnsOf(hashes), subject],
  );
}
