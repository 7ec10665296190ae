import type { Acr } from '../assurance/assurance-level.ts';
import type { AuditEvent } from '../audit/audit-event.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { ActingFor } from '../portals/acting.policy.ts';

interface Logout {
  readonly subject: SubjectId;
  readonly portalId: PortalId;
  readonly attempts: number;
}

export const logoutDelivered = ({ subject, portalId, attempts }: Logout): AuditEvent => ({
  kind: 'provider.logout_delivered',
  subject,
  portal: portalId,
  data: { attempts },
});
export const logoutGivenUp = ({ subject, portalId, attempts }: Logout): AuditEvent => ({
  kind: 'provider.logout_given_up',
  subject,
  portal: portalId,
  data: { attempts },
});

/** The open session signed the person in at one more portal. */
export const signedOn = ({
  subject,
  portalId,
  acr,
  actingFor,
}: {
  subject: SubjectId;
  portalId: PortalId;
  acr: Acr;
  actingFor?: ActingFor;
}): AuditEvent => ({
  kind: 'provider.signed_on',
  subject,
  portal: portalId,
  data: { acr, ...(actingFor !== undefined && { actingFor }) },
});

/** RFC 6749, 4.1.2: used twice is stolen; everything that came of it was ended. */
export const usedTwice = (
  artefact: string,
  { subject, portalId }: { subject: SubjectId; portalId: PortalId },
): AuditEvent => ({
  kind: 'provider.used_twice',
  subject,
  portal: portalId,
  data: { artefact },
});
