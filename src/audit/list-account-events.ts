import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectAccountEvents } from './audit-trail.store.ts';
import type { RecordedEvent } from './recorded-event.ts';

export interface EventQuery {
  /** Only these kinds, such as `sign_in.completed`; every kind when absent. */
  readonly kinds?: readonly string[];
  /** Only events before this moment. */
  readonly before?: Date;
  readonly limit: number;
}

/** What the trail holds about this account, newest first. One statement. */
export const listAccountEvents = (
  deps: { readonly db: Sql },
  subject: SubjectId,
  query: EventQuery,
): Promise<RecordedEvent[]> => selectAccountEvents(deps.db, subject, query);
