import type { AccountLevel } from '../assurance/assurance-level.ts';
import type { Said } from '../http/locale.ts';
import type { Refusable } from '../http/page.ts';

/** What was typed into the registration form, kept when it comes back. */
export interface RegisterValues {
  readonly national_id: string;
  readonly full_name: string;
  /** Three fields a date; a birth date of which only the year is on record leaves day and month empty. */
  readonly birth_day: string;
  readonly birth_month: string;
  readonly birth_year: string;
  readonly issued_day: string;
  readonly issued_month: string;
  readonly issued_year: string;
  readonly phone: string;
}

/** POST /register with the fields of RegisterValues. Errors of a date name the field `birth_date` or `card_issued_on`. */
export interface RegisterModel extends Refusable {
  readonly values?: RegisterValues;
  readonly signInUrl: string;
}

/** POST /register/code {code}; /register/resend {}; /register/restart {}. Says the same whether a code was sent or not. */
export interface RegisterCodeModel extends Refusable {
  /** As typed by this visitor, masked. */
  readonly maskedPhone: string;
  readonly resendAfterSeconds: number;
}

/** POST /register/password {password}. */
export interface RegisterPasswordModel extends Refusable {
  readonly maskedNationalId: string;
}

export interface RegisterDoneModel {
  readonly continueUrl: string;
  /** The person came from a portal's visit and goes back to it; else to the account. */
  readonly toSignIn: boolean;
}

/** The one answer to "no such person", "data does not match" and "already has an account". */
export interface RegisterNeutralModel {
  readonly signInUrl: string;
}

export interface AccountHomeModel {
  readonly fullName: string;
  readonly maskedNationalId: string;
  readonly level: AccountLevel;
  readonly lastSignIn?: { readonly at: Date; readonly portal?: Said };
  readonly authenticators: { readonly password: boolean; readonly totp: boolean; readonly passkeys: number };
  /** How many portals hold a consent. */
  readonly portals: number;
}

export interface PasskeyLine {
  readonly credentialId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
  readonly synced: boolean;
}

/** Links: /account/passkey/add, /account/totp/add, /account/passkey/remove?id=…, /account/totp/remove, /account/password. */
export interface AuthenticatorsModel extends Refusable {
  readonly password: boolean;
  readonly totp?: { readonly enrolledAt: Date };
  readonly passkeys: readonly PasskeyLine[];
  /** What was just done. */
  readonly done?: 'passkey_added' | 'totp_added';
}

/** POST /account/passkey/add {credential, name}. */
export interface AddPasskeyModel extends Refusable {
  readonly passkey: object;
}

/** POST /account/totp/add {code}. */
export interface AddTotpModel extends Refusable {
  /** Base32. */
  readonly secret: string;
  /** `otpauth://…`, shown as a QR code. */
  readonly uri: string;
}

/** POST /account/passkey/remove {id} or /account/totp/remove {}. */
export type ConfirmRemoveModel =
  | { readonly kind: 'passkey'; readonly credentialId: string; readonly name: string; readonly refused?: 'last_factor' }
  | { readonly kind: 'totp'; readonly refused?: 'last_factor' };

export interface ConsentLine {
  readonly portalId: string;
  readonly portal: Said;
  readonly authority: Said;
  readonly purpose: Said;
  /** Texts `claim.<claim>`. */
  readonly claims: readonly string[];
  readonly givenAt: Date;
}

/** POST /account/consents/withdraw {portal_id}. */
export interface ConsentsModel {
  readonly consents: readonly ConsentLine[];
  readonly withdrawn?: Said;
}

/** POST /account/password {password}. */
export type ChangePasswordModel = Refusable;

export interface HistoryEntry {
  readonly at: Date;
  /** Text `history.<event>`. */
  readonly event: string;
  readonly portal?: Said;
  /** Of a sign-in: text `history_way.<way>`. */
  readonly way?: 'password' | 'sms_code' | 'totp' | 'passkey';
  /** Of a look at the record: whose officer looked, why (text `look_reason.<reason>`), and on which case or document. */
  readonly office?: Said;
  readonly reason?: string;
  readonly document?: string;
  /** Of a lock placed or ended: text `message.lock_reason.<ground>`. */
  readonly ground?: string;
  /** Perhaps not the holder. */
  readonly unusual: boolean;
}

export interface HistoryDay {
  readonly day: Date;
  readonly entries: readonly HistoryEntry[];
}

/** Links: /account/sign-out-everywhere, /account/password. */
export interface HistoryModel {
  readonly days: readonly HistoryDay[];
  readonly olderUrl?: string;
}

/** POST /account/sign-out-everywhere {}. */
export type SignOutEverywhereModel = object;

/** The session has ended, and here is why. Link: /account. */
export interface SignedOutModel {
  /** Texts `signed_out_why.<why>.title` and `.text`. */
  readonly why: 'not_signed_in' | 'everywhere' | 'password_changed' | 'passkey_removed' | 'totp_removed';
}

/** A change of factors needs another way of signing in than the one just used. */
export interface StepUpModel {
  /** Text `step_up.<by>`. */
  readonly by: 'passkey' | 'totp' | 'sms_code';
  readonly continueUrl: string;
}

/** POST /activate {national_id}. */
export interface ActivateModel extends Refusable {
  readonly values?: { readonly national_id: string };
}

/** POST /activate/code {code}; /activate/resend {}; /activate/restart {}. Says the same whether a code was sent or not. */
export interface ActivateCodeModel extends Refusable {
  readonly resendAfterSeconds: number;
}

/** POST /activate/password {password}. */
export interface ActivatePasswordModel extends Refusable {
  readonly maskedNationalId: string;
  /** Set a first one (a guardian for somebody in their care), or show the one that the account has. */
  readonly kind: 'new' | 'dependant' | 'known';
}

/** POST /activate/passkey {credential, name}; or GET /activate/app. */
export interface ActivateFactorModel extends Refusable {
  readonly passkey: object;
}

/** POST /activate/app {code}. */
export interface ActivateAppModel extends Refusable {
  /** Base32. */
  readonly secret: string;
  /** `otpauth://…`, shown as a QR code. */
  readonly uri: string;
}

export interface ActivateDoneModel {
  readonly level: AccountLevel;
  /** A guardian activated it for somebody in their care. */
  readonly isDependants: boolean;
}

declare module '../http/page.ts' {
  interface Views {
    'self-service/register': RegisterModel;
    'self-service/register-code': RegisterCodeModel;
    'self-service/register-password': RegisterPasswordModel;
    'self-service/register-done': RegisterDoneModel;
    'self-service/register-neutral': RegisterNeutralModel;
    'self-service/activate': ActivateModel;
    'self-service/activate-code': ActivateCodeModel;
    'self-service/activate-password': ActivatePasswordModel;
    'self-service/activate-factor': ActivateFactorModel;
    'self-service/activate-app': ActivateAppModel;
    'self-service/activate-done': ActivateDoneModel;
    'self-service/activate-neutral': object;
    'self-service/home': AccountHomeModel;
    'self-service/authenticators': AuthenticatorsModel;
    'self-service/add-passkey': AddPasskeyModel;
    'self-service/add-totp': AddTotpModel;
    'self-service/confirm-remove': ConfirmRemoveModel;
    'self-service/consents': ConsentsModel;
    'self-service/change-password': ChangePasswordModel;
    'self-service/history': HistoryModel;
    'self-service/sign-out-everywhere': SignOutEverywhereModel;
    'self-service/signed-out': SignedOutModel;
    'self-service/step-up': StepUpModel;
  }
}
