import type { ClaimName } from './claim.ts';

/** What a decision is about: `sub` stands for being known to the portal at all, under a name only it knows. */
export type ConsentSubjectMatter = ClaimName | 'sub';

export interface ConsentDecision {
  readonly claim: ConsentSubjectMatter;
  readonly purposeVersion: number;
  readonly decision: 'allow' | 'deny';
}
