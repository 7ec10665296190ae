import type { ApplicationState } from '../../accounts/organisations/application.ts';

interface DecisionFacts {
  readonly state: ApplicationState;
  /** Everybody who wrote anything into the application. */
  readonly touchedBy: readonly string[];
}

/** Whether an officer may take it in: once it is complete, and nobody did before. */
export const mayReceive = ({ state }: Pick<DecisionFacts, 'state'>): boolean => state === 'submitted';

export type ApplicationDecision = { readonly kind: 'may_decide' | 'touched' | 'not_received' | 'already_decided' };

/** Four eyes (Decree 69/2024 art. 13): another officer than the one who compared decides, once. */
export function mayDecideApplication({ state, touchedBy }: DecisionFacts, officerId: string): ApplicationDecision {
  if (state === 'awaiting_consent' || state === 'submitted') return { kind: 'not_received' };
  if (state !== 'received') return { kind: 'already_decided' };
  return { kind: touchedBy.includes(officerId) ? 'touched' : 'may_decide' };
}
