interface ClaimRow {
  /** The scope that asks for it (OpenID Connect Core 5.4). */
  readonly scope: string;
  /** Decree 356/2025 art. 4: told apart on the consent page, and never ticked beforehand. */
  readonly sensitive: boolean;
  /** Says something about another claim, and is given exactly when that one is. */
  readonly follows?: string;
  /** Given by the choice made at each sign-in (acting.policy), never by a remembered consent. */
  readonly byChoice?: true;
}

/** Every claim a portal may be given beyond the protocol's own. */
export const CLAIMS = {
  name: { scope: 'profile', sensitive: false },
  birthdate: { scope: 'profile', sensitive: false },
  birthdate_precision: { scope: 'profile', sensitive: false, follows: 'birthdate' },
  gender: { scope: 'profile', sensitive: false },
  nationality: { scope: 'nationality', sensitive: false },
  national_id: { scope: 'national_id', sensitive: false },
  phone_number: { scope: 'phone', sensitive: false },
  phone_number_verified: { scope: 'phone', sensitive: false, follows: 'phone_number' },
  email: { scope: 'email', sensitive: false },
  email_verified: { scope: 'email', sensitive: false, follows: 'email' },
  address: { scope: 'address', sensitive: false },
  organisation: { scope: 'organisation', sensitive: false, byChoice: true },
} as const satisfies Record<string, ClaimRow>;

export type ClaimName = keyof typeof CLAIMS;
export const CLAIM_NAMES = Object.keys(CLAIMS) as readonly ClaimName[];

/** The claims a scope stands for; none for a scope that is not ours. */
export const claimsOfScope = (scope: string): ClaimName[] => CLAIM_NAMES.filter((name) => CLAIMS[name].scope === scope);

/** The claim whose decision holds for this one: itself, or the one it follows. */
export function decidedBy(name: ClaimName): ClaimName {
  const row: ClaimRow = CLAIMS[name];
  return (row.follows as ClaimName | undefined) ?? name;
}

/** Whether consent to it is a decision that is remembered. */
export function isRemembered(name: ClaimName): boolean {
  const row: ClaimRow = CLAIMS[name];
  return row.byChoice !== true;
}

/** These claims together with what follows them. */
export const withFollowers = (names: readonly ClaimName[]): ClaimName[] =>
  CLAIM_NAMES.filter((name) => names.includes(decidedBy(name)));
