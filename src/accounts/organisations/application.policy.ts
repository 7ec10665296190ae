import type { AccountLevel } from '../../assurance/assurance-level.ts';

/** What an application for an organisation is decided from. */
export interface ApplicationFacts {
  readonly level: AccountLevel;
  readonly isRegistered: boolean;
  readonly isRepresentative: boolean;
  readonly isDissolved: boolean;
  readonly hasAccount: boolean;
}

export type ApplicationDecision =
  | { readonly kind: 'may_apply' }
  | {
      readonly kind: 'refused';
      readonly reason: 'level_too_low' | 'not_registered' | 'not_representative' | 'dissolved' | 'has_account';
    };

/**
 * Who may apply for which organisation: a legal representative, from an own account of level 02, for one that is active and has
 * none (Decree 69/2024 art. 7, 11). What a stranger could ask about is said last.
 */
export function mayApply(facts: ApplicationFacts): ApplicationDecision {
  if (facts.level !== '02') return { kind: 'refused', reason: 'level_too_low' };
  if (!facts.isRegistered) return { kind: 'refused', reason: 'not_registered' };
  if (!facts.isRepresentative) return { kind: 'refused', reason: 'not_representative' };
  if (facts.isDissolved) return { kind: 'refused', reason: 'dissolved' };
  return facts.hasAccount ? { kind: 'refused', reason: 'has_account' } : { kind: 'may_apply' };
}

/** What a grant is decided from, on the day of it. */
export interface GrantFacts {
  readonly isRegistered: boolean;
  readonly isDissolved: boolean;
  readonly hasAccount: boolean;
  /** Whether everybody who represents it today consented, the applicant among them. */
  readonly allConsented: boolean;
}

/** Why it cannot be granted any more, if so: what was true when it was applied for may not be now. */
export function reasonsAgainstGrant(
  facts: GrantFacts,
): readonly ('not_registered' | 'dissolved' | 'has_account' | 'representatives_changed')[] {
  if (!facts.isRegistered) return ['not_registered'];
  return [
    ...(facts.isDissolved ? (['dissolved'] as const) : []),
    ...(facts.hasAccount ? (['has_account'] as const) : []),
    ...(facts.allConsented ? [] : (['representatives_changed'] as const)),
  ];
}
