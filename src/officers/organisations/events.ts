import type { OrganisationApplication } from '../../accounts/organisations/application.ts';
import type { AuditEvent } from '../../audit/audit-event.ts';
import { actorOf, type Officer } from '../officer.ts';

type Acting = Pick<Officer, 'officerId' | 'officeId'>;
type About = Pick<OrganisationApplication, 'applicationId' | 'applicant'>;

/** In the applicant's trail; the words of a comparison or a reason stay in the application. */
const about = (kind: AuditEvent['kind'], by: Acting, one: About, data = {}): AuditEvent => ({
  kind,
  subject: one.applicant,
  actor: actorOf(by),
  data: { application: one.applicationId, office: by.officeId, ...data },
});

export const applicationViewed = (by: Acting, one: About): AuditEvent =>
  about('organisation.application_viewed', by, one);
export const applicationReceived = (by: Acting, one: About): AuditEvent =>
  about('organisation.application_received', by, one);
export const applicationGranted = (by: Acting, one: About, organisation: string): AuditEvent =>
  about('organisation.application_granted', by, one, { organisation });
export const applicationRefused = (by: Acting, one: About, code: string): AuditEvent =>
  about('organisation.application_refused', by, one, { code });
/** Somebody tried to decide what they may not: `touched` is the attempt to approve one's own work. */
export const applicationDecisionRefused = (by: Acting, one: About, why: string): AuditEvent =>
  about('organisation.decision_refused', by, one, { why });
