/** What is remembered of a gateway: failures in a row, and until when it is left in peace (Ms since 1970). */
export interface GatewayRecord {
  readonly failures: number;
  readonly restsUntil: number;
}
export const FRESH: GatewayRecord = { failures: 0, restsUntil: 0 };
/** From here on a resting gateway is not tried even when no other is left: its queue must not grow with ours. */
export const WORN_OUT = 5;

/** Which gateways to try, as indexes: the healthy in their order, then the resting but not yet worn out. */
export function gatewayOrder(records: readonly GatewayRecord[], now: number): number[] {
  const indexes = [...records.keys()];
  const rests = (i: number): boolean => (records[i] ?? FRESH).restsUntil > now;
  const worn = (i: number): boolean => (records[i] ?? FRESH).failures >= WORN_OUT;
  return [...indexes.filter((i) => !rests(i)), ...indexes.filter((i) => rests(i) && !worn(i))];
}

/** The record after one more attempt. `restMs`: how long a failing gateway rests. */
export function afterAttempt(record: GatewayRecord, healthy: boolean, now: number, restMs: number): GatewayRecord {
  return healthy ? FRESH : { failures: record.failures + 1, restsUntil: now + restMs };
}
