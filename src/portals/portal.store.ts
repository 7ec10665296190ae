import { epochSeconds } from '../kernel/clock.ts';
import type { PortalId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import type { DisableReason, PortalRecord } from './portal-record.ts';
import type { Portal } from './portal.ts';

interface PortalRow {
  readonly portal_id: PortalId;
  readonly document: Omit<Portal, 'portalId' | 'disabled' | 'reopenedAtSeconds'>;
  readonly disabled_at: Date | null;
  readonly reopened_at: Date | null;
}
interface RecordRow extends PortalRow {
  readonly created_at: Date;
  readonly registered_by: string | null;
  readonly disabled_reason: DisableReason | null;
  readonly disabled_document: string | null;
}

const COLUMNS = 'portal_id, document, disabled_at, reopened_at';
const RECORD = `${COLUMNS}, created_at, registered_by, disabled_reason, disabled_document`;

const toPortal = (row: PortalRow): Portal => ({
  ...row.document,
  portalId: row.portal_id,
  disabled: row.disabled_at !== null,
  ...(row.reopened_at !== null && { reopenedAtSeconds: epochSeconds(row.reopened_at) }),
});

const toRecord = (row: RecordRow): PortalRecord => ({
  portal: toPortal(row),
  registeredAt: row.created_at,
  ...(row.registered_by !== null && { registeredBy: row.registered_by }),
  ...(row.disabled_at !== null && {
    disabled: {
      at: row.disabled_at,
      ...(row.disabled_reason !== null && { reason: row.disabled_reason }),
      ...(row.disabled_document !== null && { document: row.disabled_document }),
    },
  }),
});

export async function selectPortals(sql: Sql): Promise<Portal[]> {
  const { rows } = await sql.query<PortalRow>(`SELECT ${COLUMNS} FROM portal ORDER BY portal_id`);
  return rows.map(toPortal);
}

export async function selectPortal(sql: Sql, portalId: PortalId): Promise<Portal | undefined> {
  const { rows } = await sql.query<PortalRow>(`SELECT ${COLUMNS} FROM portal WHERE portal_id = $1`, [portalId]);
  return rows[0] && toPortal(rows[0]);
}

/** With who registered it and when. `dynamic`: those that testers registered themselves, or all others. Newest first. */
export async function selectRecords(sql: Sql, { dynamic, limit }: { dynamic: boolean; limit: number }) {
  const { rows } = await sql.query<RecordRow>(
    `SELECT ${RECORD} FROM portal WHERE (document ->> 'dynamic')::boolean = $1
     ORDER BY created_at DESC, portal_id LIMIT $2`,
    [dynamic, limit],
  );
  return rows.map(toRecord);
}

export async function selectRecord(sql: Sql, portalId: string): Promise<PortalRecord | undefined> {
  const { rows } = await sql.query<RecordRow>(`SELECT ${RECORD} FROM portal WHERE portal_id = $1`, [portalId]);
  return rows[0] && toRecord(rows[0]);
}

/** Adds the portal, or replaces its document; whether it is disabled does not change. */
export async function upsertPortal(sql: Sql, portal: Portal, { at, by }: { at: Date; by: string }): Promise<void> {
  const { portalId, disabled: _, reopenedAtSeconds: __, ...document } = portal;
  await sql.query(
    `INSERT INTO portal (portal_id, document, created_at, registered_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (portal_id) DO UPDATE SET document = EXCLUDED.document`,
    [portalId, document, at, by],
  );
}

/** Whether there was such a portal, not disabled yet. */
export async function updateDisabled(
  sql: Sql,
  portalId: PortalId,
  { at, reason, document }: { at: Date; reason?: DisableReason; document?: string },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE portal SET disabled_at = $2, disabled_reason = $3, disabled_document = $4
     WHERE portal_id = $1 AND disabled_at IS NULL`,
    [portalId, at, reason ?? null, document ?? null],
  );
  return rowCount === 1;
}

/** Whether there was such a portal, and disabled. */
export async function updateReopened(sql: Sql, portalId: PortalId, at: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `UPDATE portal SET disabled_at = NULL, disabled_reason = NULL, disabled_document = NULL, reopened_at = $2
     WHERE portal_id = $1 AND disabled_at IS NOT NULL`,
    [portalId, at],
  );
  return rowCount === 1;
}
