import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import { nextStage, type LifecycleChange, type Stage } from './account-lifecycle.policy.ts';
import { lockRow, selectFacts, updateStage } from './account.store.ts';
import { accountMoved } from './events.ts';

export interface ChangeAccountDeps {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly clock: Clock;
}
export type ChangeOutcome =
  { readonly kind: 'changed'; readonly to: Stage } | { readonly kind: 'no_account' } | { readonly kind: 'not_allowed' };

/** Moves an account by one row of its lifecycle table. What was issued before counts only as far as the new stage allows. */
export async function changeAccount(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  change: LifecycleChange,
  actor: string,
): Promise<ChangeOutcome> {
  return inTransaction(deps.db, async (sql) => {
    await lockRow(sql, subject);
    const facts = await selectFacts(sql, deps.keyring, subject);
    if (!facts) return { kind: 'no_account' };
    const decision = nextStage({ state: facts.state, level: facts.level }, change);
    if (decision.kind === 'not_allowed') return decision;
    await updateStage(sql, subject, decision.to);
    await record(sql, accountMoved(subject, actor, change, decision.to), deps.clock.now());
    return { kind: 'changed', to: decision.to };
  });
}
