import type { EnrolmentRefusal } from '../../accounts/enrolment-eligibility.policy.ts';
import type { Said } from '../../http/locale.ts';
import type { Refusable } from '../../http/page.ts';
import type { Stay } from '../../registry/population-registry.ts';
import type { RefusalCode } from './case-decision.policy.ts';
import type { ComparedField } from './compare-card.ts';
import type { DueIn } from './due-in.ts';
import type { EnrolmentCase } from './enrolment-case.ts';
import type { Basis } from './look-up-citizen.ts';

type State = EnrolmentCase['state'];

export interface CaseLine {
  readonly caseId: string;
  /** `HS 000 123`. */
  readonly number: string;
  /** Absent for who only audits. */
  readonly name?: string;
  readonly office: Said;
  readonly change: EnrolmentCase['change'];
  readonly state: State;
  readonly submittedAt: Date;
  readonly dueAt: Date;
  /** Of open cases. */
  readonly due?: DueIn;
}

/** Filters `?state=…&office=…`. */
export interface QueueModel {
  readonly state: State;
  readonly states: readonly State[];
  readonly office?: string;
  readonly cases: readonly CaseLine[];
  /** There are more than are shown. */
  readonly more: boolean;
  readonly counts: readonly { officeId: string; name: Said; open: number; overdue: number; isHere: boolean }[];
  readonly mayOpen: boolean;
}

/** POST /console/cases/look-up {scanned}. */
export interface ScanModel extends Refusable {
  readonly scanned?: string;
}

/** What the officer fills in. A tick is `on` or empty. */
export interface CaseValues {
  /** What lies on the counter, as the page said. */
  readonly basis: string;
  readonly card_seen: string;
  /** Number of the application for a card, where there is none to see. */
  readonly card_application: string;
  readonly face_match: string;
  readonly fingerprint_match: string;
  readonly consent: string;
  readonly form_number: string;
  readonly phone: string;
  readonly email: string;
  /** `on` where the form asks for a guardian, instead of the phone. */
  readonly with_guardian: string;
  readonly guardian_number: string;
  readonly guardian_seen: string;
}

/** POST /console/cases {scanned, …CaseValues}. Texts `cases.refusal.<reason>.title|rule`. */
export interface NewCaseModel extends Refusable {
  /** What was scanned or typed, sent back: everything is looked up anew. */
  readonly scanned: string;
  readonly nationalId: string;
  readonly fullName: string;
  readonly fields: readonly ComparedField[];
  readonly hasCard: boolean;
  readonly card: { readonly status: string; readonly expiresOn?: string };
  readonly basis: Basis;
  /** Of a foreigner: face and prints can be compared at once. */
  readonly biometricsOnRecord?: boolean;
  readonly change?: EnrolmentCase['change'];
  /** Under 14 or a ward: the form asks for the guardian. */
  readonly withGuardian: boolean;
  readonly refusals: readonly EnrolmentRefusal[];
  readonly values: CaseValues;
}

/** POST …/grant {}, …/refuse {code, reason}. */
export interface CaseModel extends Refusable {
  readonly line: CaseLine;
  readonly person: {
    readonly nationalId: string;
    readonly fullName: string;
    readonly birthDate: string;
    readonly gender: string;
    readonly stay?: Stay & { readonly nationality: string };
    readonly address?: string;
    readonly phone: string;
    /** Whose phone it is, of a dependant. */
    readonly guardian?: { readonly fullName: string; readonly nationalId: string };
    readonly email?: string;
  };
  readonly checks: {
    readonly faceMatch: string;
    readonly fingerprintMatch: string;
    readonly formNumber: string;
    readonly cardIssuedOn?: string;
    readonly cardSeen: boolean;
    readonly cardApplication?: string;
    /** Texts `cases.field.<name>`. */
    readonly differences: readonly string[];
  };
  readonly submittedBy: string;
  readonly decided?: { readonly by: string; readonly at: Date };
  readonly refusal?: { readonly code: RefusalCode; readonly reason: string };
  /** Why it cannot be granted now. */
  readonly refusals: readonly EnrolmentRefusal[];
  readonly may: { readonly decide: boolean; readonly export: boolean };
  /** The officer's own hand is in it. */
  readonly isOwn: boolean;
  readonly codes: readonly RefusalCode[];
  readonly values?: { readonly code: string; readonly reason: string };
  readonly done?: 'submitted' | 'granted' | 'refused';
}

/** POST /console/invitations {case_number, reason}. */
export interface RenewModel extends Refusable {
  /** Texts `cases.renew.why.<reason>`. */
  readonly reasons: readonly string[];
  readonly values?: { readonly case_number: string; readonly reason: string };
  readonly renewed?: { readonly until: Date };
}

declare module '../../http/page.ts' {
  interface Views {
    'console/cases/queue': QueueModel;
    'console/cases/scan': ScanModel;
    'console/cases/new': NewCaseModel;
    'console/cases/case': CaseModel;
    'console/cases/renew': RenewModel;
  }
}
