import type { AccountState } from '../accounts/account-lifecycle.policy.ts';

/** All that is known when somebody asks to activate. */
export interface ActivationCase {
  /** The account that the number has. */
  readonly account: { readonly state: AccountState; readonly locked: boolean; readonly hasPhone: boolean } | undefined;
  /** Its invitation that was not used yet. */
  readonly invitation: { readonly expiresAt: Date } | undefined;
}

export type ActivationAnswer =
  | { readonly kind: 'send_code' }
  /** The phone on record is told to call the help desk: neither code nor link. */
  | { readonly kind: 'tell_lapsed' }
  | { readonly kind: 'decoy'; readonly reason: 'no_account' | 'not_invited' | 'locked' };

/**
 * What happens behind the one page that everybody sees. A code goes out only to the phone on record, and only while an
 * invitation is good (Decree 69/2024 art. 14(1): seven days). The reason of a decoy is for the audit, never for the page.
 */
export function answerActivation({ account, invitation }: ActivationCase, now: Date): ActivationAnswer {
  if (!account?.hasPhone) return { kind: 'decoy', reason: 'no_account' };
  if (!invitation) return { kind: 'decoy', reason: 'not_invited' };
  if (account.locked) return { kind: 'decoy', reason: 'locked' };
  if (account.state === 'activation_overdue' || invitation.expiresAt <= now) return { kind: 'tell_lapsed' };
  return { kind: 'send_code' };
}
