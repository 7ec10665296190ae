import type { Sql } from '../storage/postgres.ts';
import { selectPortalEvents } from './portal-events.store.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** What happened to a portal itself (`kinds`), newest first. One statement. */
export const listPortalEvents = (
  deps: { readonly db: Sql },
  portalId: string,
  query: { readonly kinds: readonly string[]; readonly limit: number },
): Promise<RecordedEvent[]> => selectPortalEvents(deps.db, portalId, query);
