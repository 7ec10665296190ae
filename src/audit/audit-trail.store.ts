import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import type { AuditEvent } from './audit-event.ts';
import type { RecordedEvent } from './recorded-event.ts';
import type { TrailEvent, TrailMark, TrailQuery } from './trail-query.ts';

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
  return rows.map(toRecorded);
}

const toRecorded = (row: EventRow): RecordedEvent => ({
  kind: row.kind,
  at: row.occurred_at,
  ...(row.portal_id !== null && { portal: row.portal_id as PortalId }),
  ...(row.actor !== null && { actor: row.actor }),
  data: row.data,
});

interface TrailRow extends EventRow {
  readonly event_id: string;
  readonly account_id: SubjectId | null;
  readonly mark: string;
}

/** Newest first, from before `after` on. The conditions that are there stand in the statement, so that each finds its index. */
export async function selectTrail(
  sql: Sql,
  query: TrailQuery,
  limit: number,
  after?: TrailMark,
): Promise<{ readonly event: TrailEvent; readonly at: string }[]> {
  const { where, values, bind } = whereOf(query);
  const beyond = after
    ? ` AND (occurred_at, event_id) < (${bind(after.at)}::timestamptz, ${bind(after.eventId)}::uuid)`
    : '';
  const { rows } = await sql.query<TrailRow>(
    `SELECT event_id, occurred_at, kind, account_id, portal_id, actor, data,
       to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS mark
     FROM audit_event WHERE ${where}${beyond} ORDER BY occurred_at DESC, event_id DESC LIMIT ${bind(limit)}`,
    values,
  );
  return rows.map((row) => ({
    at: row.mark,
    event: { ...toRecorded(row), eventId: row.event_id, ...(row.account_id !== null && { subject: row.account_id }) },
  }));
}

/** How many there are, or `atMost` when there are more. */
export async function countEvents(sql: Sql, query: TrailQuery, atMost: number): Promise<number> {
  const { where, values, bind } = whereOf(query);
  const { rows } = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM audit_event WHERE ${where} LIMIT ${bind(atMost)}) found`,
    values,
  );
  return rows[0]?.count ?? 0;
}

function whereOf(query: TrailQuery) {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [`occurred_at >= ${bind(query.from)}`, `occurred_at < ${bind(query.until)}`];
  if (query.kind !== undefined) conditions.push(`kind = ${bind(query.kind)}`);
  if (query.actor !== undefined) conditions.push(`actor = ${bind(query.actor)}`);
  if (query.subject !== undefined) conditions.push(`account_id = ${bind(query.subject)}::uuid`);
  if (query.portal !== undefined) conditions.push(`portal_id = ${bind(query.portal)}`);
  return { where: conditions.join(' AND '), values, bind };
}

/** Whether the role we are connected as could change what is written, by itself or by becoming another. */
export async function canChangeTrail(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ can: boolean }>(
    `SELECT bool_or(pg_has_role(c.relowner, 'MEMBER') OR has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
       OR has_any_column_privilege(c.oid, 'UPDATE')) AS can
     FROM pg_class c WHERE c.oid = 'audit_event'::regclass
       OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'audit_event'::regclass)`,
  );
  return rows[0]?.can ?? true;
}

/** Ends the months that are more than 5 years old by `now` and by the database's own clock; which, as `2021_10`. */
export async function dropOldPartitions(sql: Sql, now: Date): Promise<string[]> {
  const { rows } = await sql.query<{ month: string }>('SELECT drop_old_audit_partitions($1) AS month', [now]);
  return rows.map(({ month }) => month);
}

/** Partitions for `months` months from that of `from` on; those that exist are left alone. */
export async function createPartitions(sql: Sql, from: Date, months: number): Promise<void> {
  await sql.query('SELECT ensure_audit_partitions($1::timestamptz::date, $2)', [from, months]);
}
