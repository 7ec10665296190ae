import type { PortalId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import type { Portal } from './portal.ts';

interface PortalRow {
  readonly portal_id: PortalId;
  readonly document: Omit<Portal, 'portalId' | 'disabled'>;
  readonly disabled_at: Date | null;
}

const COLUMNS = 'portal_id, document, disabled_at';
const toPortal = (row: PortalRow): Portal => ({
  ...row.document,
  portalId: row.portal_id,
  disabled: row.disabled_at !== null,
});

export async function selectPortals(sql: Sql): Promise<Portal[]> {
  const { rows } = await sql.query<PortalRow>(`SELECT ${COLUMNS} FROM portal ORDER BY portal_id`);
  return rows.map(toPortal);
}

export async function selectPortal(sql: Sql, portalId: PortalId): Promise<Portal | undefined> {
  const { rows } = await sql.query<PortalRow>(`SELECT ${COLUMNS} FROM portal WHERE portal_id = $1`, [portalId]);
  return rows[0] && toPortal(rows[0]);
}

/** Adds the portal, or replaces its document; whether it is disabled does not change. */
export async function upsertPortal(sql: Sql, portal: Portal, at: Date): Promise<void> {
  const { portalId, disabled: _, ...document } = portal;
  await sql.query(
    `INSERT INTO portal (portal_id, document, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (portal_id) DO UPDATE SET document = EXCLUDED.document`,
    [portalId, document, at],
  );
}

/** Whether there was such a portal, not disabled yet. */
export async function updateDisabledAt(sql: Sql, portalId: PortalId, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    'UPDATE portal SET disabled_at = $2 WHERE portal_id = $1 AND disabled_at IS NULL',
    [portalId, at],
  );
  return rowCount === 1;
}
