import type { SubjectId } from '../kernel/ids.ts';
import { ACTIVATION_DAYS } from './account-lifecycle.policy.ts';

/** A granted holder may activate with it: a new account, or the higher level of the one they have. */
export interface Invitation {
  readonly invitationId: string;
  readonly subject: SubjectId;
  readonly caseId: string;
  readonly change: 'activate' | 'raise_level';
  readonly madeAt: Date;
  readonly expiresAt: Date;
}

/** Decree 69/2024 art. 14(1): seven days from the notice. */
export const expiryOf = (from: Date): Date => new Date(from.getTime() + ACTIVATION_DAYS * 24 * 60 * 60 * 1000);

export const hasLapsed = ({ expiresAt }: Pick<Invitation, 'expiresAt'>, now: Date): boolean => expiresAt <= now;
