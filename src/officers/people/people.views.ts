import type { AccountState } from '../../accounts/account-lifecycle.policy.ts';
import type { LockGround } from '../../accounts/lock-ground.policy.ts';
import type { AccountLevel } from '../../assurance/assurance-level.ts';
import type { Refusable } from '../../http/page.ts';

export interface PersonLine {
  readonly personId: string;
  readonly maskedName: string;
  readonly maskedNationalId: string;
  readonly state: AccountState | 'locked';
}

/** POST /console/people {by, value}. */
export interface SearchModel extends Refusable {
  readonly by: string;
  readonly choices: readonly string[];
  /** After a search. What was typed is not shown again. */
  readonly found?: readonly PersonLine[];
}

/** POST /console/people/<id> {reason, document}. */
export interface ReasonModel extends Refusable {
  readonly personId: string;
  readonly reasons: readonly string[];
  readonly values: { readonly reason: string; readonly document: string };
}

export interface LockLine {
  readonly ground: LockGround;
  readonly since: Date;
  /** Text `console.people.by_<by>`. */
  readonly by: 'holder' | 'officer' | 'registry' | 'other';
  readonly document?: string;
  /** Which body asked for it. */
  readonly body?: string;
}

/** POST /console/people/<id>/number {}. Links: …/lock, …/unlock, …/request. */
export interface PersonModel {
  readonly personId: string;
  readonly fullName: string;
  readonly nationalId: string;
  readonly isWhole: boolean;
  readonly birthDate: string;
  readonly maskedPhone?: string;
  readonly state: AccountState;
  readonly level?: AccountLevel;
  readonly locks: readonly LockLine[];
  readonly why: { readonly reason: string; readonly document?: string };
  readonly may: {
    readonly seeNumber: boolean;
    readonly lock: boolean;
    readonly unlock: boolean;
    readonly request: boolean;
  };
  readonly done?: string;
}

/** POST /console/people/<id>/lock {told, document}. */
export interface LockPersonModel extends Refusable {
  readonly personId: string;
  readonly fullName: string;
  readonly values: { readonly told: string; readonly document: string };
}

/** POST /console/people/<id>/unlock {ground, document, face_match, card_seen}. */
export interface UnlockPersonModel extends Refusable {
  readonly personId: string;
  readonly fullName: string;
  /** The open grounds that end at the counter, and those that do not. */
  readonly grounds: readonly LockGround[];
  readonly others: readonly LockGround[];
  readonly values: { readonly ground: string; readonly document: string; readonly face_match: string };
}

declare module '../../http/page.ts' {
  interface Views {
    'console/people/search': SearchModel;
    'console/people/reason': ReasonModel;
    'console/people/person': PersonModel;
    'console/people/lock': LockPersonModel;
    'console/people/unlock': UnlockPersonModel;
  }
}
