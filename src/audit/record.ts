import type { Sql } from '../storage/postgres.ts';
import type { AuditEvent } from './audit-event.ts';
import { insertAuditEvents } from './audit-trail.store.ts';

/** Appends events in one statement. Takes the caller's transaction: no change without its event, no event without its change. */
export async function record(sql: Sql, events: AuditEvent | readonly AuditEvent[], at: Date): Promise<void> {
  const list: readonly AuditEvent[] = 'kind' in events ? [events] : events;
  if (list.length > 0) await insertAuditEvents(sql, list, at);
}
