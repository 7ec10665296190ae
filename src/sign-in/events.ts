import type { Achieved } from '../assurance/achieved-level.policy.ts';
import type { AuditEvent } from '../audit/audit-event.ts';
import type { PortalId, SubjectId } from '../kernel/ids.ts';
import type { ActingFor } from '../portals/acting.policy.ts';
import type { GuardianConfirmed } from './sign-in.ts';

export const signInCompleted = (subject: SubjectId, portal: PortalId, achieved: Achieved): AuditEvent => ({
  kind: 'sign_in.completed',
  subject,
  portal,
  data: { acr: achieved.acr, amr: achieved.amr.join(' ') },
});

export const signInRefused = (subject: SubjectId, portal: PortalId, reason: string): AuditEvent => ({
  kind: 'sign_in.refused',
  subject,
  portal,
  data: { reason },
});

/** For whom the person acts at this portal, in this session: `self`, or the organisation's subject. */
export const actingChosen = (subject: SubjectId, portal: PortalId, actingFor: ActingFor): AuditEvent => ({
  kind: 'sign_in.acting_chosen',
  subject,
  portal,
  data: { actingFor },
});

/** In the dependant's own trail: who stood by this sign-in, and how. */
export const guardianConfirmedSignIn = (
  portal: PortalId,
  { by, guardian, dependant }: GuardianConfirmed,
): AuditEvent => ({
  kind: 'guardian.confirmed',
  subject: dependant,
  portal,
  data: { guardian, by },
});
