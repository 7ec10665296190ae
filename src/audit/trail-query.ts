import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** Which part of the trail to read; an absent condition holds for every event. */
export interface TrailQuery {
  readonly from: Date;
  /** Not itself included. */
  readonly until: Date;
  readonly kind?: string;
  readonly actor?: string;
  readonly subject?: SubjectId;
  readonly portal?: PortalId;
}

/** An event of the trail with whom it is about and where it stands. */
export interface TrailEvent extends RecordedEvent {
  readonly eventId: string;
  readonly subject?: SubjectId;
}

/** Where a page of the trail ends: the next begins with the event before this one. */
export interface TrailMark {
  /** As the database has it, to the microsecond. */
  readonly at: string;
  readonly eventId: string;
}
