import { mayUseAccount } from '../accounts/account-access.policy.ts';
import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import { guardianshipOf } from '../accounts/guardianship.policy.ts';
import type { AccountFacts } from '../accounts/account.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Claimed } from './sign-in.ts';
import type { Visit } from './visit.ts';

/** The visit with its account as it is now: whoever was the guardian a minute ago may be so no more. One statement. */
export async function rereadGuardianship(
  deps: FindAccountDeps & { readonly clock: Clock },
  visit: Visit,
): Promise<Visit> {
  const { who } = visit.signIn;
  const facts = who?.account && (await findAccount(deps, who.account.subject));
  if (!who || !facts) throw new Error('the account of this visit is gone');
  return { ...visit, signIn: { ...visit.signIn, who: claimedNow(who, facts, deps.clock.now()) } };
}

/** What was claimed, with what decides about the account as it is now. */
export function claimedNow(who: Claimed, facts: AccountFacts, now: Date): Claimed {
  if (!who.account) return who;
  const { guardianship: _before, ...account } = who.account;
  const guardianship = guardianshipOf(facts, now);
  return { ...who, account: { ...account, use: mayUseAccount(facts), ...(guardianship && { guardianship }) } };
}
