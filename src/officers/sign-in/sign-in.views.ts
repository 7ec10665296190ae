import type { Refusable } from '../../http/page.ts';

/** POST /console/sign-in {credential, to}. */
export interface OfficerSignInModel extends Refusable {
  readonly passkey: object;
  /** Where they come back to. */
  readonly to: string;
  readonly signedOut?: boolean;
}

/** POST /console/re-authenticate {credential, to}. */
export interface ReauthenticateModel extends Refusable {
  readonly passkey: object;
  readonly to: string;
}

declare module '../../http/page.ts' {
  interface Views {
    'console/sign-in/sign-in': OfficerSignInModel;
    'console/sign-in/re-authenticate': ReauthenticateModel;
  }
}
