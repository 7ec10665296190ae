import { isIssuedAfterCredentialsChange, mayUseAccount } from '../accounts/account-access.policy.ts';
import type { AccountFacts } from '../accounts/account.ts';
import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import { proofsOf } from '../assurance/amr.ts';
import type { AccountLevel } from '../assurance/assurance-level.ts';
import type { FactorChange } from '../authenticators/factor-change.policy.ts';
import type { SubjectId } from '../kernel/ids.ts';

/** What the browser's login session says of itself. */
export interface SessionFacts {
  readonly subject: SubjectId;
  readonly amr: readonly string[];
  readonly authTimeSeconds: number;
}

/** The holder of an account on their own pages. */
export interface Visitor {
  readonly subject: SubjectId;
  readonly account: AccountFacts;
  readonly level: AccountLevel;
  readonly session: SessionFacts;
  /** What a change of factors is decided from; bound to this person and this sign-in. */
  readonly change: FactorChange;
}

export type VisitorOutcome =
  | { readonly kind: 'visitor'; readonly visitor: Visitor }
  /** Nobody is signed in here. */
  | { readonly kind: 'nobody' }
  /** Somebody is, but account or credentials changed since: only a new sign-in helps. */
  | { readonly kind: 'outdated' };

/** Whose pages these are now: the session must be there, and still stand for a usable account. One statement. */
export async function findVisitor(deps: FindAccountDeps, session: SessionFacts | undefined): Promise<VisitorOutcome> {
  if (!session) return { kind: 'nobody' };
  const { subject, amr, authTimeSeconds } = session;
  const account = await findAccount(deps, subject);
  if (!account) return { kind: 'outdated' };
  const access = mayUseAccount(account);
  const isCurrent = isIssuedAfterCredentialsChange(authTimeSeconds, account.credentialsChangedAt);
  if (access.kind !== 'may_use' || !isCurrent) return { kind: 'outdated' };
  const change = {
    transaction: `account:${subject}:${authTimeSeconds}`,
    subject,
    shown: proofsOf(amr, authTimeSeconds),
  };
  return { kind: 'visitor', visitor: { subject, account, level: access.level, session, change } };
}
