import type { RequestRefusal } from '../../accounts/dependants/dependant-request.policy.ts';
import type { AccountLevel } from '../../assurance/assurance-level.ts';
import type { Refusable } from '../../http/page.ts';
import type { ConsentLine, HistoryDay } from '../self-service.views.ts';

/** Texts `care.status.<status>`. */
export type CareStatus =
  | 'may_request'
  | 'refused'
  | 'unknown'
  | 'awaits_activation'
  | 'lapsed'
  | 'awaits_level_02'
  | 'active'
  | 'locked'
  | 'not_in_charge'
  | 'ended';

export interface CareLine {
  /** Goes into `?of=`. */
  readonly ref: string;
  readonly fullName: string;
  /** ISO 8601, or the year alone. */
  readonly birthDate: string;
  readonly status: CareStatus;
  readonly level?: AccountLevel;
  /** Why no account may be asked for: texts `care.refusal.<reason>.title|rule`. */
  readonly reasons: readonly RequestRefusal[];
  /** Until when it can be activated. */
  readonly until?: Date;
  readonly level02?: 'at_counter' | 'not_yet';
}

/** Links: /account/care/request?of=…, /account/care/person?of=…; POST /account/care/activate {of}. */
export interface CareModel {
  /** Else the register does not answer, and only accounts that are there can be managed. */
  readonly fromRegister: boolean;
  readonly people: readonly CareLine[];
  /** Only a guardian with level 02 is shown anything. */
  readonly needsLevel02: boolean;
}

/** POST /account/care/request {of, consent}. */
export interface CareRequestModel extends Refusable {
  readonly line: CareLine;
  readonly maskedPhone: string;
}

/** POST /account/care/activate {of}, /account/care/charge {of}, /account/care/unlock {of}; link /account/care/lock?of=…. */
export interface CarePersonModel {
  readonly line: CareLine;
  readonly done?: 'requested' | 'locked' | 'unlocked' | 'in_charge';
  readonly days: readonly HistoryDay[];
  readonly portals: readonly ConsentLine[];
  readonly may: { readonly lock: boolean; readonly unlock: boolean };
}

/** POST /account/care/lock {of}. */
export interface CareLockModel {
  readonly line: CareLine;
}

declare module '../../http/page.ts' {
  interface Views {
    'self-service/care': CareModel;
    'self-service/care-request': CareRequestModel;
    'self-service/care-person': CarePersonModel;
    'self-service/care-lock': CareLockModel;
  }
}
