import type { SubjectId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Stay } from '../registry/population-registry.ts';
import type { Condition } from './account-lifecycle.policy.ts';

/** What an officer saw and did at the counter (Decree 69/2024 art. 10). */
export interface CounterChecks {
  /** The card, or a foreigner's passport and residence card, lay on the counter and is valid. */
  readonly cardSeen: boolean;
  /** Instead of a card: the application for one, with which this one was done. */
  readonly cardApplication?: string;
  /** A foreigner's papers as the registry had them. */
  readonly stay?: Stay;
  /** ISO 8601, as the registry has it. */
  readonly cardIssuedOn?: string;
  /** What the matching station gave for face and fingerprint. */
  readonly faceMatch: string;
  readonly fingerprintMatch: string;
  /** The citizen agreed to the account and the electronic ID. */
  readonly consent: true;
  /** Of form TK01. */
  readonly formNumber: string;
  /** Came along with a person under 14 or a ward, was seen, and agreed for them: the guardian's account. */
  readonly guardian?: SubjectId;
  /** In which fields the card said something else than the registry. */
  readonly differences: readonly string[];
}

/** What an account rests on, kept with it for good (Decree 59/2022 art. 21). */
export interface NewEvidence {
  readonly kind: 'counter_enrolment';
  readonly caseId: string;
  readonly officeId: string;
  /** Ids of the officers: who checked, and who approved. */
  readonly recordedBy: string;
  readonly approvedBy: string;
  readonly checks: Sealed<CounterChecks>;
}

export interface Evidence extends NewEvidence {
  readonly evidenceId: string;
  readonly recordedAt: Date;
}

/** A guardian asked for the account from their own, and agreed to it in the dependant's place (Decree 69/2024 art. 10). */
export interface GuardianRequest {
  readonly evidenceId: string;
  readonly requestId: string;
  readonly guardian: SubjectId;
  /** Of the guardian's own account, signed in to freshly with its highest factors. */
  readonly guardianLevel: '02';
  /** The tick under the words of the request page. */
  readonly consent: true;
  /** The population register named the guardian at that moment. */
  readonly onRecord: true;
  readonly recordedAt: Date;
}

/** The conditions of the lifecycle table that what is recorded fills. Two officers are two only when they differ. */
export function conditionsOf(evidence: readonly Pick<Evidence, 'recordedBy' | 'approvedBy'>[]): readonly Condition[] {
  if (evidence.length === 0) return [];
  const byTwo = evidence.some(({ recordedBy, approvedBy }) => recordedBy !== approvedBy);
  return byTwo ? ['officer_evidence', 'two_officers'] : ['officer_evidence'];
}
