import type { AccountLevel } from '../assurance/assurance-level.ts';
import type { AccountFacts } from './account.ts';
import type { LockGround } from './lock-ground.policy.ts';

export type AccessDecision =
  | { readonly kind: 'may_use'; readonly level: AccountLevel }
  | { readonly kind: 'locked'; readonly grounds: readonly LockGround[] }
  | { readonly kind: 'not_active' };

/** Whether the account may be used at all right now: active, with a level, and no ground of lock open. */
export function mayUseAccount(facts: Pick<AccountFacts, 'state' | 'level' | 'grounds'>): AccessDecision {
  if (facts.state !== 'active' || facts.level === undefined) return { kind: 'not_active' };
  if (facts.grounds.length > 0) return { kind: 'locked', grounds: facts.grounds };
  return { kind: 'may_use', level: facts.level };
}

/**
 * Whether what was issued at `issuedAtSeconds` (epoch seconds) still counts: nothing from before the last change of
 * credentials does. Both are compared in whole seconds; a tie counts, since the change itself starts a new session.
 */
export function isIssuedAfterCredentialsChange(issuedAtSeconds: number, credentialsChangedAt: Date): boolean {
  return issuedAtSeconds >= Math.floor(credentialsChangedAt.getTime() / 1000);
}
