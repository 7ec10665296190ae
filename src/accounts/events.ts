import type { AuditEvent } from '../audit/audit-event.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { LifecycleChange, Stage } from './account-lifecycle.policy.ts';
import type { Invitation } from './invitation.ts';
import type { LockGround } from './lock-ground.policy.ts';

/** How a guardian who acts for a dependant stands in the trail. */
export const guardianActor = (guardian: SubjectId): string => `guardian:${guardian}`;

export const accountOpened = (subject: SubjectId, stage: Stage, actor?: string): AuditEvent => ({
  kind: 'account.opened',
  subject,
  ...(actor !== undefined && { actor }),
  data: { state: stage.state, level: stage.level ?? 'none' },
});

export const accountMoved = (subject: SubjectId, actor: string, change: LifecycleChange, to: Stage): AuditEvent => ({
  kind: 'account.moved',
  subject,
  actor,
  data: { change, state: to.state, level: to.level ?? 'none' },
});

export const accountLocked = (subject: SubjectId, actor: string, ground: LockGround): AuditEvent => ({
  kind: 'account.locked',
  subject,
  actor,
  data: { ground },
});

export const lockEnded = (subject: SubjectId, actor: string, ground: LockGround, left: number): AuditEvent => ({
  kind: 'account.lock_ended',
  subject,
  actor,
  data: { ground, groundsLeft: left },
});

export const holderTold = (subject: SubjectId, channel: 'sms' | 'email'): AuditEvent => ({
  kind: 'account.holder_told',
  subject,
  actor: 'clock',
  data: { channel },
});

/** Level 02 is granted, and the holder asked to activate it. */
export const holderInvited = (invitation: Invitation, actor: string): AuditEvent => ({
  kind: 'account.holder_invited',
  subject: invitation.subject,
  actor,
  data: { change: invitation.change, case: invitation.caseId, until: invitation.expiresAt.toISOString() },
});

/** The help desk made a lapsed invitation anew. */
export const invitationRenewed = (invitation: Invitation, actor: string): AuditEvent => ({
  kind: 'account.invitation_renewed',
  subject: invitation.subject,
  actor,
  data: { change: invitation.change, case: invitation.caseId, until: invitation.expiresAt.toISOString() },
});

/** The holder took the invitation, or the guardian for them. */
export const holderActivated = (invitation: Invitation, actor: string): AuditEvent => ({
  kind: 'account.holder_activated',
  subject: invitation.subject,
  actor,
  data: { change: invitation.change, case: invitation.caseId },
});

/** The phone of this account went to its true owner. */
export const phoneClaimed = (subject: SubjectId, actor: string): AuditEvent => ({
  kind: 'account.phone_claimed',
  subject,
  actor,
});
