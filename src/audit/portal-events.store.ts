import type { Sql } from '../storage/postgres.ts';
import type { RecordedEvent } from './recorded-event.ts';

interface EventRow {
  readonly kind: string;
  readonly occurred_at: Date;
  readonly actor: string | null;
  readonly data: RecordedEvent['data'];
}

/** Only kinds that are rare: they are found by kind, of all portals. */
export async function selectPortalEvents(
  sql: Sql,
  portalId: string,
  { kinds, limit }: { readonly kinds: readonly string[]; readonly limit: number },
): Promise<RecordedEvent[]> {
  const { rows } = await sql.query<EventRow>({
    name: 'select-portal-events',
    text: `SELECT kind, occurred_at, actor, data FROM audit_event
           WHERE kind = ANY ($2::text[]) AND portal_id = $1 ORDER BY occurred_at DESC, event_id DESC LIMIT $3`,
    values: [portalId, kinds, limit],
  });
  return rows.map(({ kind, occurred_at: at, actor, data }) => ({ kind, at, ...(actor !== null && { actor }), data }));
}
