import { covers, type Reach } from '../officer-permissions.policy.ts';

/** What is known of the case and of who wants to decide it. */
export interface DecisionFacts {
  readonly state: 'submitted' | 'granted' | 'refused';
  /** Everybody who wrote anything into the case. */
  readonly touchedBy: readonly string[];
  /** The case's office and everything above it, nearest first. */
  readonly officePath: readonly string[];
  readonly officer: { readonly officerId: string; readonly officeId: string; readonly reach: Reach };
}

export type CaseDecision =
  | { readonly kind: 'may_decide' }
  | { readonly kind: 'out_of_reach' }
  | { readonly kind: 'touched' }
  | { readonly kind: 'already_decided' };

/**
 * Four eyes (Decree 69/2024 art. 13, 15: one officer receives, the head decides): an officer of the case's own or a superior
 * office, who had no hand in it, once.
 */
export function mayDecide({ state, touchedBy, officePath, officer }: DecisionFacts): CaseDecision {
  if (!covers(officer.reach, officer.officeId, officePath)) return { kind: 'out_of_reach' };
  if (touchedBy.includes(officer.officerId)) return { kind: 'touched' };
  return state === 'submitted' ? { kind: 'may_decide' } : { kind: 'already_decided' };
}

/** Why an approver may refuse; the words beside it are the officer's own. */
export const REFUSAL_CODES = [
  'data_differs',
  'evidence_insufficient',
  'not_the_person',
  'no_longer_eligible',
  'other',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
