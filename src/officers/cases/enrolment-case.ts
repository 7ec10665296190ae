import type { Personal } from '../../accounts/account.ts';
import type { CounterChecks } from '../../accounts/evidence.ts';
import type { Brand } from '../../kernel/brand.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import type { OfficeId, OfficerId } from '../officer.ts';
import type { GuardianAlong } from './guardian-along.ts';
import type { RefusalCode } from './case-decision.policy.ts';

export type CaseId = Brand<string, 'CaseId'>;

/** What the counter took down, kept as one sealed value. */
export interface CaseDetail {
  /** As the registry had them when it was submitted, with the phone and mail the citizen gave; a dependant has no phone here. */
  readonly personal: Personal;
  /** Whose phone is used instead. */
  readonly guardian?: GuardianAlong;
  readonly checks: CounterChecks;
  readonly refusal?: { readonly code: RefusalCode; readonly reason: string };
}

/** An application for level 02. */
export interface EnrolmentCase {
  readonly caseId: CaseId;
  readonly caseNumber: number;
  readonly officeId: OfficeId;
  readonly change: 'grant' | 'raise_level';
  readonly state: 'submitted' | 'granted' | 'refused';
  readonly subject?: SubjectId;
  readonly detail: Sealed<CaseDetail>;
  readonly submittedBy: OfficerId;
  readonly submittedAt: Date;
  readonly dueAt: Date;
  readonly touchedBy: readonly OfficerId[];
  readonly decided?: { readonly by: OfficerId; readonly at: Date };
}

const CASE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id as it stands in an address; undefined for any other text. */
export const parseCaseId = (text: string): CaseId | undefined => (CASE_ID.test(text) ? (text as CaseId) : undefined);

/** As it is written on the receipt and told on the telephone: `HS 000 123`. */
export const formatCaseNumber = (caseNumber: number): string =>
  `HS ${String(caseNumber)
    .padStart(6, '0')
    .replace(/(\d)(?=(\d{3})+$)/g, '$1 ')}`;

/** The number in any grouping, with or without its letters; undefined for any other text. */
export function parseCaseNumber(text: string): number | undefined {
  const digits = /^(?:hs)?(\d{1,12})$/i.exec(text.normalize('NFKC').replace(/[\s.-]/g, ''))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The number that messages about a case go to: the person's own, or the guardian's. E.164. */
export function phoneOfCase({ personal, guardian }: Pick<CaseDetail, 'personal' | 'guardian'>): string {
  const phone = guardian?.phone ?? personal.phone;
  if (phone === undefined) throw new Error('a case without a phone');
  return phone;
}
