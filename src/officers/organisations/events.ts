import { formatApplicationNumber, type OrganisationApplication } from '../../accounts/organisations/application.ts';
import type { AuditEvent } from '../../audit/audit-event.ts';
import type { Office } from '../office.ts';
import { actorOf, type Officer } from '../officer.ts';

type Acting = Pick<Officer, 'officerId' | 'officeId'>;
type About = Pick<OrganisationApplication, 'applicationId' | 'applicant' | 'number'>;

/** In the applicant's trail; the words of a comparison or a reason stay in the application. */
const about = (by: Acting, one: About) => ({
  subject: one.applicant,
  actor: actorOf(by),
  data: { application: one.applicationId, number: one.number, office: by.officeId },
});

/** For the applicant's own history: the office by its name of that day, and the application. */
export const applicationViewed = (by: Acting, office: Office, one: About): AuditEvent => {
  const event = about(by, one);
  const shown = { officeVi: office.name.vi, officeEn: office.name.en, reason: 'case' };
  const document = formatApplicationNumber(one.number);
  return { kind: 'organisation.application_viewed', ...event, data: { ...event.data, ...shown, document } };
};
export const applicationReceived = (by: Acting, one: About): AuditEvent => ({
  kind: 'organisation.application_received',
  ...about(by, one),
});
export const applicationGranted = (by: Acting, one: About, organisation: string): AuditEvent => {
  const event = about(by, one);
  return { kind: 'organisation.application_granted', ...event, data: { ...event.data, organisation } };
};
export const applicationRefused = (by: Acting, one: About, code: string): AuditEvent => {
  const event = about(by, one);
  return { kind: 'organisation.application_refused', ...event, data: { ...event.data, code } };
};
/** Somebody tried to decide what they may not: `touched` is the attempt to approve one's own work. */
export const applicationDecisionRefused = (by: Acting, one: About, why: string): AuditEvent => {
  const event = about(by, one);
  return { kind: 'organisation.decision_refused', ...event, data: { ...event.data, why } };
};
