import type { SubjectId } from '../../kernel/ids.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { lockRow } from '../account.store.ts';
import type { AccountFacts } from '../account.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { endLockIn, type EndLockOutcome } from '../end-lock.ts';
import { representativeActor } from './events.ts';
import { selectRepresentatives } from './representative.store.ts';

export type UnlockOrganisationOutcome = EndLockOutcome | { readonly kind: 'not_representing' };

/**
 * One of the legal representatives ends the lock that one of them asked for (Law 26/2023 art. 34(2)): each stands for the
 * organisation whole. Every other ground stays. `not_representing` also for whoever represents it no more by the time the
 * row is held, or has no account of level 02.
 */
export async function unlockOrganisation(
  deps: ChangeAccountDeps,
  representative: AccountFacts,
  organisation: SubjectId,
): Promise<UnlockOrganisationOutcome> {
  if (representative.level !== '02') return { kind: 'not_representing' };
  const { subject } = representative;
  return inTransaction(deps.db, async (sql) => {
    await lockRow(sql, organisation);
    if (!(await selectRepresentatives(sql, organisation)).includes(subject)) return { kind: 'not_representing' };
    const request = { ground: 'self_request', way: 'holder', actor: representativeActor(subject) } as const;
    return endLockIn(sql, deps, organisation, request);
  });
}
