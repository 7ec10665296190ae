export interface PhoneClaimFacts {
  /** Whether the registry has the phone as the claimant's own. */
  readonly isClaimants: boolean;
  /** Whether the claimant answered with a code sent to it. */
  readonly isProven: boolean;
  /** Whether the registry has it as the own phone of whoever's account it serves now. */
  readonly isHolders: boolean;
}

export type PhoneClaimDecision =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'refused'; readonly reason: 'not_proven' | 'not_own' | 'holders_own' };

/**
 * Whether a phone that serves an account goes over to its true owner, and that account is locked (Ministry of Public
 * Security, answer of 2026-04-22): only where possession and record say so together, and no record says otherwise.
 */
export function mayClaimPhone({ isClaimants, isProven, isHolders }: PhoneClaimFacts): PhoneClaimDecision {
  if (!isProven) return { kind: 'refused', reason: 'not_proven' };
  if (!isClaimants) return { kind: 'refused', reason: 'not_own' };
  return isHolders ? { kind: 'refused', reason: 'holders_own' } : { kind: 'claimed' };
}
