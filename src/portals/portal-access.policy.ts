import { isIssuedAfterCredentialsChange, mayUseAccount } from '../accounts/account-access.policy.ts';
import type { AccountFacts } from '../accounts/account.ts';
import { ACR_TABLE } from '../assurance/achieved-level.policy.ts';
import type { AccountLevel, Acr } from '../assurance/assurance-level.ts';
import type { ClaimName } from './claim.ts';
import { actsFor, type ActingFor, type Represented } from './acting.policy.ts';
import { allowedClaims, isKnownTo } from './consent.policy.ts';
import type { ConsentDecision } from './consent.ts';
import type { Portal } from './portal.ts';

/** What a session, code, token or grant claims about itself. */
export interface Issued {
  readonly acr: Acr;
  readonly atSeconds: number;
  /** Absent where the portal did not ask. */
  readonly actingFor?: ActingFor | undefined;
}

export interface AccessFacts {
  readonly account: AccountFacts | undefined;
  readonly portal: Portal | undefined;
  readonly decisions: readonly ConsentDecision[];
  /** Read only for a portal that may ask for it. */
  readonly organisations?: readonly Represented[];
}

/** Everything by which what was issued can stop to stand. */
export const ACCESS_REFUSALS = [
  'no_account',
  'locked',
  'not_active',
  'level_too_low',
  'credentials_changed',
  'portal_disabled',
  'consent_withdrawn',
  'not_representing',
] as const;
export type AccessRefusal = (typeof ACCESS_REFUSALS)[number];

export type AccessDecision =
  | {
      readonly kind: 'stands';
      readonly account: AccountFacts;
      readonly level: AccountLevel;
      readonly claims: readonly ClaimName[];
    }
  | { readonly kind: 'refused'; readonly reason: AccessRefusal };

/** Whether the portal is open now and was not closed after that moment (epoch seconds). */
export const isOpenSince = (portal: Pick<Portal, 'disabled' | 'reopenedAtSeconds'>, atSeconds: number): boolean =>
  !portal.disabled && atSeconds >= (portal.reopenedAtSeconds ?? 0);

/** Whether an account of this level can have reached `acr` at all. */
const canReach = (level: AccountLevel, acr: Acr) =>
  ACR_TABLE.some((row) => row.acr === acr && row.account.includes(level));

/**
 * Whether what was issued still stands, asked anew at every use: code, refresh, introspection, userinfo and single sign-on
 * all come through here, so that no way can miss a reason that another way knows.
 */
export function mayAnswer(facts: AccessFacts, issued: Issued): AccessDecision {
  const { account, portal, decisions } = facts;
  if (!account) return { kind: 'refused', reason: 'no_account' };
  const use = mayUseAccount(account);
  if (use.kind !== 'may_use') return { kind: 'refused', reason: use.kind };
  if (!isIssuedAfterCredentialsChange(issued.atSeconds, account.credentialsChangedAt)) {
    return { kind: 'refused', reason: 'credentials_changed' };
  }
  if (!portal || !isOpenSince(portal, issued.atSeconds)) return { kind: 'refused', reason: 'portal_disabled' };
  if (!canReach(use.level, issued.acr) || !canReach(use.level, portal.minimumAcr))
    return { kind: 'refused', reason: 'level_too_low' };
  if (!isKnownTo(portal, decisions)) return { kind: 'refused', reason: 'consent_withdrawn' };
  if (!isSpokenFor(facts, issued)) return { kind: 'refused', reason: 'not_representing' };
  return { kind: 'stands', account, level: use.level, claims: answeredClaims(facts, issued.actingFor) };
}

const isSpokenFor = (facts: AccessFacts, { actingFor, atSeconds }: Issued): boolean =>
  actingFor === undefined || actingFor === 'self' || actsFor(facts, actingFor, atSeconds) !== undefined;

/** What the portal may be given: as the person allowed, and whom they act for where they chose an organisation. */
export function answeredClaims({ portal, decisions }: AccessFacts, actingFor: ActingFor | undefined): ClaimName[] {
  const remembered = portal ? allowedClaims(portal, decisions) : [];
  return actingFor === undefined || actingFor === 'self' ? remembered : [...remembered, 'organisation'];
}
