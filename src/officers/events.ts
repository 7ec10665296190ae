import type { AuditEvent } from '../audit/audit-event.ts';
import type { OfficerAction, OfficerRole } from './officer-permissions.policy.ts';
import { actorOf, type OfficeId, type Officer, type OfficerId } from './officer.ts';

type Acting = Pick<Officer, 'officerId'>;

/** An officer's passkey opened the console. */
export const officerSignedIn = (officerId: OfficerId, synced: boolean): AuditEvent => ({
  kind: 'officer.signed_in',
  actor: actorOf({ officerId }),
  data: { synced },
});
/** The same officer showed the passkey again, for something that wants it fresh. */
export const officerReauthenticated = (officerId: OfficerId, synced: boolean): AuditEvent => ({
  kind: 'officer.reauthenticated',
  actor: actorOf({ officerId }),
  data: { synced },
});
/** `unknown`: no officer's passkey, a citizen's too. `not_accepted`: no longer an officer, or the key may be a copy. */
export const officerSignInRejected = (
  officerId: OfficerId | undefined,
  why: 'unknown' | 'invalid' | 'other_officer' | 'not_accepted',
): AuditEvent => ({
  kind: 'officer.sign_in_rejected',
  ...(officerId && { actor: actorOf({ officerId }) }),
  data: { why },
});
export const officerSignedOut = (by: Acting): AuditEvent => ({ kind: 'officer.signed_out', actor: actorOf(by) });

/** Somebody at the console asked for what their role does not have. `route`: its pattern, never the address. */
export const officerRefused = (by: Officer, action: OfficerAction, method: string, route: string): AuditEvent => ({
  kind: 'officer.refused',
  actor: actorOf(by),
  data: { action, role: by.role, method, route },
});

interface Whom {
  readonly officerId: OfficerId;
  readonly role: OfficerRole;
  readonly officeId: OfficeId;
}
/** `actor`: an administrator, or `operator` for the command on the server. */
export const officerInvited = (actor: string, { officerId, role, officeId }: Whom): AuditEvent => ({
  kind: 'officer.invited',
  actor,
  data: { officer: officerId, role, office: officeId },
});
export const officerConfirmed = (actor: string, officerId: OfficerId): AuditEvent => ({
  kind: 'officer.confirmed',
  actor,
  data: { officer: officerId },
});
/** The link lapsed unused and was made anew. */
export const officerLinkRenewed = (actor: string, officerId: OfficerId): AuditEvent => ({
  kind: 'officer.link_renewed',
  actor,
  data: { officer: officerId },
});
export const officerEnrolled = (officerId: OfficerId, synced: boolean): AuditEvent => ({
  kind: 'officer.enrolled',
  actor: actorOf({ officerId }),
  data: { synced },
});
export const officerDisabled = (actor: string, officerId: OfficerId): AuditEvent => ({
  kind: 'officer.disabled',
  actor,
  data: { officer: officerId },
});
export const officeAdded = (actor: string, officeId: OfficeId): AuditEvent => ({
  kind: 'office.added',
  actor,
  data: { office: officeId },
});
export const holidaySet = (by: Acting, day: string, as: 'off' | 'worked'): AuditEvent => ({
  kind: 'holiday.set',
  actor: actorOf(by),
  data: { day, as },
});
export const holidayRemoved = (by: Acting, day: string): AuditEvent => ({
  kind: 'holiday.removed',
  actor: actorOf(by),
  data: { day },
});
