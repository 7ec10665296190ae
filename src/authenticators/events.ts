import type { AuditEvent } from '../audit/audit-event.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Claimant } from './claimant.ts';
import { lockSecondsAfter } from './lockout.policy.ts';
import type { Counted } from './attempts.store.ts';

/** Who tried: the subject if there is one, and the keyed hash of what was typed, by which tries of one number are found. */
const of = (who: Claimant) => (who.subject ? { subject: who.subject } : {});

type Why = 'wrong' | 'replayed' | 'none_left';

export const accepted = (by: Counted, who: Claimant): AuditEvent => ({
  kind: `${by}.accepted`,
  ...of(who),
  data: { identifier: who.key },
});

/** A wrong try, the how many-th in a row, and the lock it brought. */
export const rejected = (by: Counted, who: Claimant, inARow: number, why: Why = 'wrong'): AuditEvent => ({
  kind: `${by}.rejected`,
  ...of(who),
  data: { identifier: who.key, why, inARow, lockedSeconds: lockSecondsAfter(inARow) },
});

export const smsCodeRequested = (who: Claimant, purpose: string): AuditEvent => ({
  kind: 'sms_code.requested',
  ...of(who),
  data: { identifier: who.key, purpose },
});

export const smsCodeNotDelivered = (who: Claimant, reason: string): AuditEvent => ({
  kind: 'sms_code.not_delivered',
  ...of(who),
  data: { identifier: who.key, reason },
});

export const passwordSet = (subject: SubjectId): AuditEvent => ({ kind: 'password.set', subject });
export const totpEnrolled = (subject: SubjectId): AuditEvent => ({ kind: 'totp.enrolled', subject });
export const totpRemoved = (subject: SubjectId): AuditEvent => ({ kind: 'totp.removed', subject });

export const passkeyEnrolled = (subject: SubjectId, synced: boolean): AuditEvent => ({
  kind: 'passkey.enrolled',
  subject,
  data: { synced },
});
export const passkeyRemoved = (subject: SubjectId): AuditEvent => ({ kind: 'passkey.removed', subject });
export const passkeyAccepted = (subject: SubjectId, synced: boolean): AuditEvent => ({
  kind: 'passkey.accepted',
  subject,
  data: { synced },
});
/** `counter_went_back`: the signature is right, yet the device counted less than before: it may be a copy. */
export const passkeyRejected = (
  subject: SubjectId | undefined,
  why: 'unknown' | 'invalid' | 'other_account' | 'counter_went_back' | 'not_enrolled',
): AuditEvent => ({ kind: 'passkey.rejected', ...(subject ? { subject } : {}), data: { why } });
