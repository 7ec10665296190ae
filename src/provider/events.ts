import type { AuditEvent } from '../audit/audit-event.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';

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
