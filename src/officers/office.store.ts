import type { Sql } from '../storage/postgres.ts';
import type { Office, OfficeTier } from './office.ts';
import type { OfficeId } from './officer.ts';

interface OfficeRow {
  readonly office_id: OfficeId;
  readonly parent_id: OfficeId | null;
  readonly tier: OfficeTier;
  readonly name_vi: string;
  readonly name_en: string;
}

export const toOffice = (row: OfficeRow): Office => ({
  officeId: row.office_id,
  ...(row.parent_id !== null && { parentId: row.parent_id }),
  tier: row.tier,
  name: { vi: row.name_vi, en: row.name_en },
});

export async function selectOffices(sql: Sql): Promise<Office[]> {
  const { rows } = await sql.query<OfficeRow>({
    name: 'select-offices',
    text: 'SELECT office_id, parent_id, tier, name_vi, name_en FROM office ORDER BY office_id',
  });
  return rows.map(toOffice);
}

/** The office of that id. Throws when there is none: officers sit in one that is. */
export async function selectOffice(sql: Sql, officeId: OfficeId): Promise<Office> {
  const { rows } = await sql.query<OfficeRow>({
    name: 'select-office',
    text: 'SELECT office_id, parent_id, tier, name_vi, name_en FROM office WHERE office_id = $1',
    values: [officeId],
  });
  const row = rows[0];
  if (!row) throw new Error('no such office');
  return toOffice(row);
}

/** The office and everything above it, nearest first; empty when there is none. */
export async function selectOfficePath(sql: Sql, officeId: OfficeId): Promise<OfficeId[]> {
  const { rows } = await sql.query<{ office_id: OfficeId }>({
    name: 'select-office-path',
    text: `WITH RECURSIVE path (office_id, parent_id, step) AS (
             SELECT office_id, parent_id, 0 FROM office WHERE office_id = $1
             UNION ALL
             SELECT o.office_id, o.parent_id, p.step + 1 FROM office o JOIN path p ON o.office_id = p.parent_id)
           SELECT office_id FROM path ORDER BY step`,
    values: [officeId],
  });
  return rows.map((row) => row.office_id);
}

/** The office and all below it. */
export async function selectOfficesBelow(sql: Sql, officeId: OfficeId): Promise<OfficeId[]> {
  const { rows } = await sql.query<{ office_id: OfficeId }>({
    name: 'select-offices-below',
    text: `WITH RECURSIVE tree (office_id) AS (
             SELECT office_id FROM office WHERE office_id = $1
             UNION ALL
             SELECT o.office_id FROM office o JOIN tree t ON o.parent_id = t.office_id)
           SELECT office_id FROM tree`,
    values: [officeId],
  });
  return rows.map((row) => row.office_id);
}

/** False when an office of that id is there already. */
export async function insertOffice(sql: Sql, office: Office): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: 'insert-office',
    text: `INSERT INTO office (office_id, parent_id, tier, name_vi, name_en) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING`,
    values: [office.officeId, office.parentId ?? null, office.tier, office.name.vi, office.name.en],
  });
  return rowCount === 1;
}
