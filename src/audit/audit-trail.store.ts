import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import type { AuditEvent } from './audit-event.ts';
import type { RecordedEvent } from './recorded-event.ts';

export async function insertAuditEvents(sql: Sql, events: readonly AuditEvent[], at: Date): Promise<void> {
  await sql.query({
    name: 'insert-audit-events',
    text: `INSERT INTO audit_event (occurred_at, kind, account_id, portal_id, actor, data)
           SELECT $1, kind, account_id, portal_id, actor, data
           FROM jsonb_to_recordset($2::jsonb) AS e (kind text, account_id uuid, portal_id text, actor text, data jsonb)`,
    values: [
      at,
      JSON.stringify(
        events.map((event) => ({
          kind: event.kind,
          account_id: event.subject,
          portal_id: event.portal,
          actor: event.actor,
          data: event.data ?? {},
        })),
      ),
    ],
  });
}

interface EventRow {
  readonly kind: string;
  readonly occurred_at: Date;
  readonly portal_id: string | null;
  readonly actor: string | null;
  readonly data: RecordedEvent['data'];
}

export async function selectAccountEvents(
  sql: Sql,
  subject: SubjectId,
  query: { readonly kinds?: readonly string[]; readonly before?: Date; readonly limit: number },
): Promise<RecordedEvent[]> {
  const { rows } = await sql.query<EventRow>({
    name: 'select-account-events',
    text: `SELECT kind, occurred_at, portal_id, actor, data FROM audit_event
           WHERE account_id = $1 AND ($2::text[] IS NULL OR kind = ANY ($2)) AND occurred_at < $3
           ORDER BY occurred_at DESC, event_id DESC LIMIT $4`,
    values: [subject, query.kinds ?? null, query.before ?? 'infinity', query.limit],
  });
  return rows.map((row) => ({
    kind: row.kind,
    at: row.occurred_at,
    ...(row.portal_id !== null && { portal: row.portal_id as PortalId }),
    ...(row.actor !== null && { actor: row.actor }),
    data: row.data,
  }));
}

/** Partitions for `months` months from that of `from` on; those that exist are left alone. */
export async function createPartitions(sql: Sql, from: Date, months: number): Promise<void> {
  await sql.query('SELECT ensure_audit_partitions($1::timestamptz::date, $2)', [from, months]);
}
