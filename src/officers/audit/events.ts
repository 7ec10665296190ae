import type { AuditEvent } from '../../audit/audit-event.ts';
import type { TrailQuery } from '../../audit/trail-query.ts';
import { actorOf, type Officer } from '../officer.ts';
import type { ExportFormat } from './export-file.ts';

/** What was asked for. Whom it is about stands in the event's own subject, so that the look is found with that account. */
const asked = (by: Officer, { from, until, kind, actor, subject, portal }: TrailQuery) => ({
  actor: actorOf(by),
  ...(subject && { subject }),
  ...(portal && { portal }),
  data: {
    from: from.toISOString(),
    until: until.toISOString(),
    ...(kind && { of: kind }),
    ...(actor && { by: actor }),
  },
});

export function auditLooked(by: Officer, query: TrailQuery, events: number): AuditEvent {
  const { data, ...who } = asked(by, query);
  return { kind: 'audit.looked', ...who, data: { ...data, events } };
}

/** A number was typed to find its account: recorded without it. */
export const subjectSought = (by: Officer, found: boolean): AuditEvent => ({
  kind: 'audit.subject_sought',
  actor: actorOf(by),
  data: { found },
});

/** Before the first byte leaves. */
export function auditExportBegan(by: Officer, query: TrailQuery, format: ExportFormat, events: number): AuditEvent {
  const { data, ...who } = asked(by, query);
  return { kind: 'audit.export_began', ...who, data: { ...data, format, events } };
}

/** The file left whole: its digest proves later which one it was. */
export function auditExported(
  by: Officer,
  query: TrailQuery,
  file: { readonly format: ExportFormat; readonly events: number; readonly digest: string },
): AuditEvent {
  const { data, ...who } = asked(by, query);
  return { kind: 'audit.exported', ...who, data: { ...data, ...file } };
}
