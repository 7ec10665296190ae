import type { PortalId } from '../kernel/ids.ts';

/** An event as the trail has it. */
export interface RecordedEvent {
  readonly kind: string;
  readonly at: Date;
  readonly portal?: PortalId;
  readonly actor?: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}
