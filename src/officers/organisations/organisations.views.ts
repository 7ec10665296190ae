import type { ApplicationRefusal, ApplicationState } from '../../accounts/organisations/application.ts';
import type { GrantRefusal } from '../../accounts/organisations/decide-application.ts';
import type { Said } from '../../http/locale.ts';
import type { Refusable } from '../../http/page.ts';
import type { DueIn } from '../cases/due-in.ts';

export interface ApplicationLine {
  readonly applicationId: string;
  /** `TC 000 123`. */
  readonly number: string;
  readonly name: string;
  readonly state: ApplicationState;
  readonly submittedAt: Date;
  readonly dueAt: Date;
  /** Of open ones. */
  readonly due?: DueIn;
}

/** Filter `?state=…`. */
export interface ApplicationsModel {
  readonly state: 'open' | 'granted' | 'refused';
  readonly states: readonly ('open' | 'granted' | 'refused')[];
  readonly applications: readonly ApplicationLine[];
}

/** What was applied for beside what the register says now, field by field; texts `console.organisations.field_<name>`. */
export interface ComparedLine {
  readonly name: string;
  readonly applied: string;
  readonly registered?: string;
  readonly same: boolean;
}

/** POST …/receive {comparison}; …/decide {decision = grant | refuse, code, reason}. */
export interface ApplicationModel extends Refusable {
  readonly line: ApplicationLine;
  readonly verified: boolean;
  readonly applicantName: string;
  readonly compared: readonly ComparedLine[];
  /** Of the register, at this moment. */
  readonly register: 'found' | 'not_found' | 'unavailable';
  readonly comparison?: string;
  readonly receivedBy?: { readonly name: string; readonly at: Date; readonly office: Said };
  readonly decidedBy?: { readonly name: string; readonly at: Date };
  readonly refusal?: { readonly code: string; readonly reason: string };
  readonly reasons: readonly GrantRefusal[];
  readonly may: { readonly receive: boolean; readonly decide: boolean };
  /** The officer's own hand is in it. */
  readonly isOwn: boolean;
  readonly codes: readonly ApplicationRefusal[];
  readonly values: { readonly comparison: string; readonly code: string; readonly reason: string };
}

declare module '../../http/page.ts' {
  interface Views {
    'console/organisations/applications': ApplicationsModel;
    'console/organisations/application': ApplicationModel;
  }
}
