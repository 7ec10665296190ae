import type { AuditEvent } from '../../audit/audit-event.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Office } from '../office.ts';
import { actorOf, type Officer } from '../officer.ts';
import type { Look } from './look.ts';

/** A search, without what was typed: only by what, and how many were found. */
export const personSearched = (officer: Officer, by: string, found: number): AuditEvent => ({
  kind: 'person.searched',
  actor: actorOf(officer),
  data: { by, found, office: officer.officeId },
});

/** For the auditor: this officer searches in a way that no counter does. */
export const searchUnusual = (officer: Officer, why: string): AuditEvent => ({
  kind: 'officer.search_unusual',
  actor: actorOf(officer),
  data: { why, office: officer.officeId, role: officer.role },
});

/** An officer opened a record. The person concerned reads this: the office by its name of that day, and the reason. */
export const personLookedAt = (subject: SubjectId, officer: Officer, office: Office, look: Look): AuditEvent => ({
  kind: 'person.looked_at',
  subject,
  actor: actorOf(officer),
  data: {
    office: office.officeId,
    officeVi: office.name.vi,
    officeEn: office.name.en,
    reason: look.reason,
    ...(look.document !== undefined && { document: look.document }),
  },
});

export const numberShown = (subject: SubjectId, officer: Officer, office: Office): AuditEvent => ({
  kind: 'person.number_shown',
  subject,
  actor: actorOf(officer),
  data: { office: officer.officeId, officeVi: office.name.vi, officeEn: office.name.en },
});
