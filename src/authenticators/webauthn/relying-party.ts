/** Who the passkeys belong to. */
export interface RelyingParty {
  /** The issuer's host. Changing it makes every passkey useless (WebAuthn Level 3, 5.1.2). */
  readonly id: string;
  readonly origin: string;
  readonly name: string;
}

/** The relying party of an issuer; `name` is what a device may show beside the passkey. */
export function relyingPartyOf(issuer: string, name: string): RelyingParty {
  const { hostname, origin } = new URL(issuer);
  return { id: hostname, origin, name };
}
