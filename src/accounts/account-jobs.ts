import type { SubjectId } from '../kernel/ids.ts';
import type { Job } from '../storage/jobs/enqueue-job.ts';
import type { LockGround } from './lock-ground.policy.ts';

/** What follows a change of an account, outside its transaction. compose gives each task its worker. */
export const ACCOUNT_TASKS = {
  endSessions: 'end_sessions',
  endActing: 'end_acting',
  tellOfLock: 'tell_of_lock',
  tellOfUnlock: 'tell_of_unlock',
  tellOfRefusal: 'tell_of_refusal',
  tellOfPhone: 'tell_of_phone',
  tellOfInvitation: 'tell_of_invitation',
  tellOfFactor: 'tell_of_factor',
  tellOfApplication: 'tell_of_application',
} as const;

/** The person's sessions end, and their portals are told. */
export const endSessionsJob = (subject: SubjectId): Job => ({
  task: ACCOUNT_TASKS.endSessions,
  payload: { subject },
  key: `${ACCOUNT_TASKS.endSessions}:${subject}`,
});

/** The portals where a former representative acts for the organisation are told that it is over. */
export const endActingJob = (organisation: SubjectId, representative: SubjectId): Job => ({
  task: ACCOUNT_TASKS.endActing,
  payload: { subject: organisation, representative },
});

/** The holder is told of a lock (Law 26/2023 art. 34(3)). */
export const tellOfLockJob = (subject: SubjectId, ground: LockGround): Job => ({
  task: ACCOUNT_TASKS.tellOfLock,
  payload: { subject, ground },
  key: `${ACCOUNT_TASKS.tellOfLock}:${subject}:${ground}`,
});

/** The holder is told that a ground of lock ended, and whether the account is open. */
export const tellOfUnlockJob = (subject: SubjectId, ground: LockGround): Job => ({
  task: ACCOUNT_TASKS.tellOfUnlock,
  payload: { subject, ground },
  key: `${ACCOUNT_TASKS.tellOfUnlock}:${subject}:${ground}`,
});

/** The holder is told that an authority's request was refused. */
export const tellOfRefusalJob = (subject: SubjectId): Job => ({
  task: ACCOUNT_TASKS.tellOfRefusal,
  payload: { subject },
});

/** The holder is told that the phone of the account went to its true owner. */
export const tellOfPhoneJob = (subject: SubjectId): Job => ({
  task: ACCOUNT_TASKS.tellOfPhone,
  payload: { subject },
});

/** The holder is told that level 02 was granted, and where to activate (Decree 69/2024 art. 14(1)). */
export const tellOfInvitationJob = (subject: SubjectId): Job => ({
  task: ACCOUNT_TASKS.tellOfInvitation,
  payload: { subject },
  key: `${ACCOUNT_TASKS.tellOfInvitation}:${subject}`,
});

/** A representative is told that an application for an organisation waits for their consent. */
export const tellOfApplicationJob = (subject: SubjectId, application: string): Job => ({
  task: ACCOUNT_TASKS.tellOfApplication,
  payload: { subject, application },
  key: `${ACCOUNT_TASKS.tellOfApplication}:${application}:${subject}`,
});

/** What may happen to the ways to sign in. Texts `message.factor.<news>`. */
export const FACTOR_NEWS = [
  'passkey_added',
  'passkey_removed',
  'totp_added',
  'totp_removed',
  'password_changed',
] as const;
export type FactorNews = (typeof FACTOR_NEWS)[number];

/** The holder is told that a way to sign in changed, with a link that locks the account. */
export const tellOfFactorJob = (subject: SubjectId, what: FactorNews): Job => ({
  task: ACCOUNT_TASKS.tellOfFactor,
  payload: { subject, what },
  key: `${ACCOUNT_TASKS.tellOfFactor}:${subject}:${what}`,
});
