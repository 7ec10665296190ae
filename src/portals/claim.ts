/** Every claim a portal may be given beyond the protocol's own, with the scope that asks for it (OpenID Connect Core 5.4). */
export const CLAIMS = {
  name: { scope: 'profile', sensitive: false },
  birthdate: { scope: 'profile', sensitive: false },
  birthdate_precision: { scope: 'profile', sensitive: false },
  gender: { scope: 'profile', sensitive: false },
  national_id: { scope: 'national_id', sensitive: false },
  phone_number: { scope: 'phone', sensitive: false },
  phone_number_verified: { scope: 'phone', sensitive: false },
  email: { scope: 'email', sensitive: false },
  email_verified: { scope: 'email', sensitive: false },
  address: { scope: 'address', sensitive: false },
} as const satisfies Record<string, { scope: string; sensitive: boolean }>;

export type ClaimName = keyof typeof CLAIMS;
export type ClaimScope = (typeof CLAIMS)[ClaimName]['scope'];
export const CLAIM_NAMES = Object.keys(CLAIMS) as readonly ClaimName[];

/** The claims a scope stands for; none for a scope that is not ours. */
export const claimsOfScope = (scope: string): ClaimName[] => CLAIM_NAMES.filter((name) => CLAIMS[name].scope === scope);
