import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';

/** The guardian in force of a dependant's account. */
export async function selectGuardian(sql: Sql, dependant: SubjectId): Promise<SubjectId | undefined> {
  const { rows } = await sql.query<{ guardian_account_id: SubjectId }>(
    'SELECT guardian_account_id FROM account_guardian WHERE account_id = $1 AND ended_at IS NULL',
    [dependant],
  );
  return rows[0]?.guardian_account_id;
}

/** The accounts that this guardian is in charge of. */
export async function selectDependants(sql: Sql, guardian: SubjectId): Promise<readonly SubjectId[]> {
  const { rows } = await sql.query<{ account_id: SubjectId }>({
    name: 'select-dependants',
    text: `SELECT account_id FROM account_guardian WHERE guardian_account_id = $1 AND ended_at IS NULL ORDER BY since, account_id`,
    values: [guardian],
  });
  return rows.map((row) => row.account_id);
}

/** What the registry says of a guardian in force: of a ward, or of a child until it is 14. */
export async function updateWard(sql: Sql, dependant: SubjectId, ward: boolean): Promise<void> {
  await sql.query('UPDATE account_guardian SET ward = $2 WHERE account_id = $1 AND ended_at IS NULL AND ward <> $2', [
    dependant,
    ward,
  ]);
}

/** The person needs no guardian any more; a guardian who comes later is in charge all the same. */
export async function updateReleased(sql: Sql, person: SubjectId, released: boolean): Promise<void> {
  await sql.query('UPDATE account_guardian SET released = $2 WHERE account_id = $1 AND released <> $2', [
    person,
    released,
  ]);
}

/** From `at` on this guardian stands in for the dependant, alone; undefined for nobody. */
export async function updateGuardian(
  sql: Sql,
  dependant: SubjectId,
  next: { readonly guardian: SubjectId; readonly ward: boolean } | undefined,
  at: Date,
): Promise<void> {
  await sql.query('UPDATE account_guardian SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL', [
    dependant,
    at,
  ]);
  if (next === undefined) return;
  await sql.query(
    'INSERT INTO account_guardian (account_id, guardian_account_id, ward, since) VALUES ($1, $2, $3, $4)',
    [dependant, next.guardian, next.ward, at],
  );
}
