import type { AuditEvent } from '../../audit/audit-event.ts';
import type { IdentifierKey, SubjectId } from '../../kernel/ids.ts';
import { actorOf, type Officer } from '../officer.ts';
import type { RefusalCode } from './case-decision.policy.ts';
import { formatCaseNumber, type EnrolmentCase } from './enrolment-case.ts';
import type { Office } from '../office.ts';

type Acting = Pick<Officer, 'officerId' | 'officeId'>;
type About = Pick<EnrolmentCase, 'caseId' | 'caseNumber' | 'subject'>;

const about = ({ caseId, caseNumber, subject }: About, by: Acting) => ({
  ...(subject && { subject }),
  actor: actorOf(by),
  data: { case: caseId, number: caseNumber, office: by.officeId },
});

/** For the holder's own history: the office by its name of that day, and why. */
const looked = (office: Office, reason: string) => ({
  officeVi: office.name.vi,
  officeEn: office.name.en,
  reason,
});
const lookedForCase = (by: Acting, one: About, office: Office) => {
  const event = about(one, by);
  const document = formatCaseNumber(one.caseNumber);
  return { ...event, data: { ...event.data, ...looked(office, 'case'), document } };
};

/** A counter asked for the record of somebody by number; `subject` when they have an account. */
export const citizenLookedUp = (
  by: Acting,
  office: Office,
  identifier: IdentifierKey,
  answer: 'found' | 'not_found' | 'unavailable',
  subject: SubjectId | undefined,
): AuditEvent => ({
  kind: 'case.citizen_looked_up',
  ...(subject && { subject }),
  actor: actorOf(by),
  data: { identifier, answer, office: by.officeId, ...looked(office, 'holder_at_counter') },
});

export const caseSubmitted = (by: Acting, one: About, change: EnrolmentCase['change']): AuditEvent => {
  const event = about(one, by);
  return { kind: 'case.submitted', ...event, data: { ...event.data, change } };
};
export const caseViewed = (by: Acting, one: About, office: Office): AuditEvent => ({
  kind: 'case.viewed',
  ...lookedForCase(by, one, office),
});
export const caseGranted = (by: Acting, one: About): AuditEvent => ({ kind: 'case.granted', ...about(one, by) });

/** The words of the reason stay in the case; the trail has the code. */
export const caseRefused = (by: Acting, one: About, code: RefusalCode): AuditEvent => {
  const event = about(one, by);
  return { kind: 'case.refused', ...event, data: { ...event.data, code } };
};

/** Somebody tried to decide what they may not: `touched` is the attempt to approve one's own work. */
export const caseDecisionRefused = (
  by: Acting,
  one: About,
  why: 'out_of_reach' | 'touched' | 'already_decided' | 'not_eligible',
): AuditEvent => {
  const event = about(one, by);
  return { kind: 'case.decision_refused', ...event, data: { ...event.data, why } };
};
export const evidenceExported = (by: Acting, one: About, office: Office): AuditEvent => ({
  kind: 'case.evidence_exported',
  ...lookedForCase(by, one, office),
});

/** The help desk was called about a lapsed invitation. `reason`: one of RENEWAL_REASONS, never the officer's own words. */
export const invitationAskedFor = (
  by: Acting,
  {
    caseId,
    caseNumber,
    subject,
  }: { readonly caseId: string; readonly caseNumber?: number; readonly subject?: SubjectId },
  answer: string,
  reason: string,
): AuditEvent => ({
  kind: 'case.invitation_asked_for',
  ...(subject && { subject }),
  actor: actorOf(by),
  data: {
    case: caseId,
    ...(caseNumber !== undefined && { number: caseNumber }),
    office: by.officeId,
    answer,
    reason,
  },
});
