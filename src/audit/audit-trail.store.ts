import type { Sql } from '../storage/postgres.ts';
import type { AuditEvent } from './audit-event.ts';

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
