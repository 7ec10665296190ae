import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { inTransaction } from '../../storage/postgres.ts';
import { activateAccount, type ActivateOutcome } from '../activate-account.ts';
import type { AccountFacts } from '../account.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { organisationActivated } from './events.ts';
import { selectRepresentatives } from './representative.store.ts';

/**
 * One of the legal representatives activates the account that was granted, within 7 days of the notice (Decree 69/2024 art. 14(1)).
 * `not_invited` also for whoever represents it no more, or has no account of level 02.
 */
export async function activateOrganisation(
  deps: ChangeAccountDeps,
  representative: AccountFacts,
  organisation: SubjectId,
): Promise<ActivateOutcome> {
  if (representative.level !== '02') return { kind: 'not_invited' };
  return inTransaction(deps.db, async (sql) => {
    const representatives = await selectRepresentatives(sql, organisation);
    if (!representatives.includes(representative.subject)) return { kind: 'not_invited' };
    const outcome = await activateAccount(deps, sql, organisation, []);
    if (outcome.kind === 'activated')
      await record(sql, organisationActivated(organisation, representative.subject), deps.clock.now());
    return outcome;
  });
}
