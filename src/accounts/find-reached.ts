import type { Clock } from '../kernel/clock.ts';
import type { AccountFacts } from './account.ts';
import { findAccount, type FindAccountDeps } from './find-account.ts';
import { reachedThrough } from './guardianship.policy.ts';

/** The account whose phone and mail reach the holder: their own, or the guardian's; undefined while nobody is in charge. */
export async function findReached(
  deps: FindAccountDeps & { readonly clock: Clock },
  facts: AccountFacts,
): Promise<AccountFacts | undefined> {
  const through = reachedThrough(facts, deps.clock.now());
  if (through === undefined || through === facts.subject) return through && facts;
  return findAccount(deps, through);
}

/** A Vietnamese name ends with the name a person is called by. */
export const givenNameOf = ({ personal }: Pick<AccountFacts, 'personal'>): string =>
  personal.reveal().fullName.trim().split(/\s+/).at(-1) ?? '';
