import type { Acr } from '../assurance/assurance-level.ts';
import type { Said } from '../http/locale.ts';
import type { Refusable } from '../http/page.ts';

/** What every page of a visit says at its top, and where its forms go. */
export interface Visit extends Refusable {
  /** `/interaction/<id>`: every form posts to an address below it. */
  readonly base: string;
  readonly portal: PortalIntroduced;
}

/** The portal as it introduces itself. */
export interface PortalIntroduced {
  readonly name: Said;
  /** A file of /portal-logos/. */
  readonly logo?: string;
  readonly policyUrl?: string;
  readonly termsUrl?: string;
}

/** WebAuthn options as JSON (Web Authentication 3, 5.1.9 and 5.1.10), handed to the browser as they are. */
export type PasskeyOptions = object;

/** A way that can be chosen beside or after the password. `maskedPhone` only where it may be shown. */
export type Way =
  | { readonly kind: 'sms_code'; readonly maskedPhone?: string }
  | { readonly kind: 'totp' }
  | { readonly kind: 'password' };

/** POST base/identify {national_id}; POST base/passkey {credential}. */
export interface IdentifyModel extends Visit {
  /** What was typed, when it could not be read. */
  readonly nationalId?: string;
  readonly passkey?: PasskeyOptions;
  readonly registerUrl?: string;
}

/** POST base/password {password}; base/restart {} for "not you?"; base/passkey {credential}. */
export interface PasswordModel extends Visit {
  readonly maskedNationalId: string;
  /** Set while wrong passwords have closed this way; the passkey stays open. */
  readonly lockedUntil?: Date;
  readonly passkey?: PasskeyOptions;
}

/** POST base/second-factor {factor = sms_code | totp}; base/passkey {credential}. */
export interface SecondFactorModel extends Visit {
  readonly maskedNationalId: string;
  readonly ways: readonly Way[];
  readonly passkey?: PasskeyOptions;
}

/** POST base/code {code}; base/resend {}; base/second-factor {factor} for another way. */
export interface CodeModel extends Visit {
  readonly maskedNationalId: string;
  readonly way: Exclude<Way, { kind: 'password' }>;
  /** SMS only: seconds until another code may be asked for; 0 when it may be now. */
  readonly resendAfterSeconds?: number;
  readonly lockedUntil?: Date;
  readonly otherWays: readonly Way[];
  readonly passkey?: PasskeyOptions;
}

/** POST base/passkey {credential}; base/second-factor {factor} for another way. */
export interface PasskeyModel extends Visit {
  readonly maskedNationalId?: string;
  readonly passkey: PasskeyOptions;
  readonly otherWays: readonly Way[];
}

/** POST base/passkey-enrol {credential, name}. */
export interface PasskeyEnrolModel extends Visit {
  readonly maskedNationalId: string;
  readonly passkey: PasskeyOptions;
}

/** POST base/guardian-passkey {credential}; base/guardian-send {} for a code; base/guardian-code {code}. */
export interface GuardianModel extends Visit {
  readonly maskedNationalId: string;
  readonly guardianName: string;
  /** Absent: no code can be sent. */
  readonly maskedPhone?: string;
  readonly passkey?: PasskeyOptions;
  /** Set once a code was sent: seconds until another may be asked for. */
  readonly resendAfterSeconds?: number;
  readonly lockedUntil?: Date;
}

/** One thing the portal would learn, with the very value. `kind` says how to write it for reading. */
export interface ConsentItem {
  /** Its label is the text `claim.<claim>`; its tick is the field `claim_<claim>`. */
  readonly claim: string;
  readonly value: string;
  /** `word`: the text `word.<value>`, as for `male`; `date`: ISO 8601; `phone`: E.164. */
  readonly kind: 'text' | 'date' | 'number' | 'phone' | 'word';
  readonly sensitive: boolean;
  readonly required: boolean;
}

/**
 * POST base/consent {decision = allow | deny, claim_<claim> = on for each optional item that is given, acting_for = self | a
 * tax number where `acting` is there}.
 */
export interface ConsentModel extends Visit {
  readonly authority: Said;
  /** The portal was agreed with in writing, not registered by itself. */
  readonly verified: boolean;
  readonly purpose: Said;
  readonly items: readonly ConsentItem[];
  readonly withdrawUrl: string;
  /** For whom the person may answer beside themselves; nothing is chosen beforehand. */
  readonly acting?: readonly { readonly name: string; readonly taxNumber: string }[];
}

/** Why this sign-in cannot go on, told only to somebody who has proven who they are (or what holds for everybody). */
export type UnavailableReason =
  | { readonly kind: 'account_level_too_low' }
  | { readonly kind: 'account_locked' }
  | { readonly kind: 'account_not_active' }
  | { readonly kind: 'account_ended' }
  | { readonly kind: 'guardian_missing' }
  | { readonly kind: 'guardian_unavailable' }
  | { readonly kind: 'authenticator_missing'; readonly needs: 'totp' | 'passkey' }
  | { readonly kind: 'locked_out'; readonly until: Date }
  | { readonly kind: 'portal_disabled' };

/** POST base/refuse {} takes the person back to the portal. */
export interface UnavailableModel extends Visit {
  readonly reason: UnavailableReason;
  readonly wanted: Acr;
  /** The account pages, where a missing authenticator can be added. */
  readonly accountUrl: string;
}

/** POST action {xsrf, logout = yes}, as oidc-provider wants it; without `logout` the session stays. */
export interface SignOutModel {
  readonly action: string;
  readonly xsrf: string;
  readonly portal?: { readonly name: Said };
}

export interface SignedOutModel {
  readonly portal?: { readonly name: Said; readonly url: string };
}

declare module '../http/page.ts' {
  interface Views {
    'sign-in/identify': IdentifyModel;
    'sign-in/password': PasswordModel;
    'sign-in/second-factor': SecondFactorModel;
    'sign-in/code': CodeModel;
    'sign-in/passkey': PasskeyModel;
    'sign-in/passkey-enrol': PasskeyEnrolModel;
    'sign-in/guardian': GuardianModel;
    'sign-in/consent': ConsentModel;
    'sign-in/unavailable': UnavailableModel;
    'sign-in/sign-out': SignOutModel;
    'sign-in/signed-out': SignedOutModel;
  }
}
