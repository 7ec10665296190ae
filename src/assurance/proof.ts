/** What a person can show. Factors by NIST SP 800-63B-4: password = know; SMS code, app code = have; passkey = have + (know or are). */
export const AUTHENTICATORS = ['password', 'sms_code', 'totp', 'passkey'] as const;
export type Authenticator = (typeof AUTHENTICATORS)[number];

/** A fact: this authenticator was verified for the subject at this moment (epoch seconds). */
export interface Proof {
  readonly by: Authenticator;
  readonly atSeconds: number;
  /** Passkeys only: the credential is synced between devices (WebAuthn backup state), so `swk` and not `hwk`. */
  readonly synced?: boolean;
}
