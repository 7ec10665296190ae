import type { AuditEvent } from '../audit/audit-event.ts';
import type { IdentifierKey, SubjectId } from '../kernel/ids.ts';
import type { ActivationAnswer } from './activation-answer.policy.ts';
import type { RegistrationAnswer } from './registration-answer.policy.ts';
import type { RegistrationKey } from './registration.store.ts';

/** Somebody asked to register; `subject` is the account their matching data has already, if any. */
export const registrationRequested = (
  counted: IdentifierKey,
  answer: RegistrationAnswer,
  subject: SubjectId | undefined,
): AuditEvent => ({
  kind: 'registration.requested',
  ...(subject && { subject }),
  data: { identifier: counted, answer: answer.kind, ...(answer.kind === 'decoy' && { reason: answer.reason }) },
});

/** The account is open. `transaction` tells a form sent twice from two people with one number. */
export const registrationCompleted = (subject: SubjectId, transaction: RegistrationKey): AuditEvent => ({
  kind: 'registration.completed',
  subject,
  data: { transaction },
});

/** The phone was proven, yet number or phone got an account meanwhile. */
export const registrationTaken = (counted: IdentifierKey): AuditEvent => ({
  kind: 'registration.refused',
  data: { identifier: counted, reason: 'taken' },
});

/** The person ended every session and whatever was issued so far. */
export const signedOutEverywhere = (subject: SubjectId): AuditEvent => ({
  kind: 'account.signed_out_everywhere',
  subject,
});

/** Somebody asked to activate the account of a number; `subject` is that account, if there is one. */
export const activationRequested = (
  counted: IdentifierKey,
  answer: ActivationAnswer,
  subject: SubjectId | undefined,
): AuditEvent => ({
  kind: 'activation.requested',
  ...(subject && { subject }),
  data: { identifier: counted, answer: answer.kind, ...(answer.kind === 'decoy' && { reason: answer.reason }) },
});
