/** What an account can be signed in to with. A code by SMS needs nothing of its own beside the phone on record. */
export interface Enrolled {
  readonly password: boolean;
  readonly totp?: { readonly enrolledAt: Date };
  readonly passkeys: readonly EnrolledPasskey[];
}

interface EnrolledPasskey {
  /** As base64url. */
  readonly credentialId: string;
  /** As the person called it. */
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
  /** Kept on several devices of the person (WebAuthn backup state). */
  readonly synced: boolean;
}
