import type { AuditEvent } from './audit-event.ts';

/**
 * For a change of one statement: the SQL that appends `event` for each row of the CTE `changed`, so that the two stand or
 * fall together without a transaction around them. `atParam` binds the time, `eventParam` the value of `auditPayload`.
 */
export const recordForEach = (changed: string, atParam: string, eventParam: string): string =>
  `INSERT INTO audit_event (occurred_at, kind, account_id, portal_id, actor, data)
   SELECT ${atParam}::timestamptz, e.kind, e.account_id, e.portal_id, e.actor, e.data
   FROM ${changed}, jsonb_to_record(${eventParam}::jsonb) AS e (kind text, account_id uuid, portal_id text, actor text, data jsonb)`;

/** An event as `recordForEach` binds it. */
export const auditPayload = (event: AuditEvent): string =>
  JSON.stringify({
    kind: event.kind,
    account_id: event.subject,
    portal_id: event.portal,
    actor: event.actor,
    data: event.data ?? {},
  });
