import type { AuditEvent } from '../../audit/audit-event.ts';
import type { IdentifierKey, SubjectId } from '../../kernel/ids.ts';
import { actorOf, type Officer } from '../officer.ts';
import type { RefusalCode } from './case-decision.policy.ts';
import type { EnrolmentCase } from './enrolment-case.ts';

type Acting = Pick<Officer, 'officerId' | 'officeId'>;
type About = Pick<EnrolmentCase, 'caseId' | 'caseNumber' | 'subject'>;

const about = ({ caseId, caseNumber, subject }: About, by: Acting) => ({
  ...(subject && { subject }),
  actor: actorOf(by),
  data: { case: caseId, number: caseNumber, office: by.officeId },
});

/** A counter asked for the record of somebody by number; `subject` when they have an account. */
export const citizenLookedUp = (
  by: Acting,
  identifier: IdentifierKey,
  answer: 'found' | 'not_found' | 'unavailable',
  subject: SubjectId | undefined,
): AuditEvent => ({
  kind: 'case.citizen_looked_up',
  ...(subject && { subject }),
  actor: actorOf(by),
  data: { identifier, answer, office: by.officeId },
});

export const caseSubmitted = (by: Acting, one: About, change: EnrolmentCase['change']): AuditEvent => {
  const event = about(one, by);
  return { kind: 'case.submitted', ...event, data: { ...event.data, change } };
};
export const caseViewed = (by: Acting, one: About): AuditEvent => ({ kind: 'case.viewed', ...about(one, by) });
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
export const evidenceExported = (by: Acting, one: About): AuditEvent => ({
  kind: 'case.evidence_exported',
  ...about(one, by),
});

/** The help desk was called about a lapsed invitation. `reason`: one of RENEWAL_REASONS, never the officer's own words. */
export const invitationAskedFor = (by: Acting, one: About, answer: string, reason: string): AuditEvent => {
  const event = about(one, by);
  return { kind: 'case.invitation_asked_for', ...event, data: { ...event.data, answer, reason } };
};
