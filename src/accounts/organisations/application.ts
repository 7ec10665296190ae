import type { Brand } from '../../kernel/brand.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import type { OrganisationRecord } from './organisation-record.ts';

export type ApplicationId = Brand<string, 'ApplicationId'>;

export const APPLICATION_STATES = [
  'awaiting_consent',
  'submitted',
  'received',
  'granted',
  'refused',
  'withdrawn',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** Why an application is refused; the words beside it are the officer's own. */
export const APPLICATION_REFUSALS = ['data_differ', 'not_verified', 'not_eligible', 'other'] as const;
export type ApplicationRefusal = (typeof APPLICATION_REFUSALS)[number];

/** Kept as one sealed value. */
export interface ApplicationDetail {
  /** As the register had it when it was applied for. */
  readonly organisation: OrganisationRecord;
  /** The data stand in a national or sector database: decides how long the office has (Decree 69/2024 art. 13). */
  readonly verified: boolean;
  readonly applicantName: string;
  /** On what the first officer compared it, in their words. */
  readonly comparison?: string;
  readonly refusal?: { readonly code: ApplicationRefusal; readonly reason: string };
}

/** An application for an organisation's account, by a legal representative (Decree 69/2024 art. 11). */
export interface OrganisationApplication {
  readonly applicationId: ApplicationId;
  readonly number: number;
  readonly state: ApplicationState;
  readonly applicant: SubjectId;
  readonly detail: Sealed<ApplicationDetail>;
  readonly madeAt: Date;
  /** When all representatives had consented. */
  readonly submittedAt?: Date;
  readonly received?: { readonly by: string; readonly at: Date; readonly officeId: string };
  /** Ids of the officers who wrote anything into it. */
  readonly touchedBy: readonly string[];
  readonly decided?: { readonly by: string; readonly at: Date };
}

const APPLICATION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id as it stands in an address; undefined for any other text. */
export const parseApplicationId = (text: string): ApplicationId | undefined =>
  APPLICATION_ID.test(text) ? (text as ApplicationId) : undefined;

/** As it is told on the telephone: `TC 000 123`. */
export const formatApplicationNumber = (number: number): string =>
  `TC ${String(number)
    .padStart(6, '0')
    .replace(/(\d)(?=(\d{3})+$)/g, '$1 ')}`;

/** The number in any grouping, with its letters; undefined for any other text. */
export function parseApplicationNumber(text: string): ApplicationNumber | undefined {
  const digits = /^tc(\d{1,12})$/i.exec(text.normalize('NFKC').replace(/[\s.-]/g, ''))?.[1];
  return digits === undefined ? undefined : { application: Number(digits) };
}

/** Told apart from the number of a counter's case. */
export interface ApplicationNumber {
  readonly application: number;
}
