import { record } from '../audit/record.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import { inTransaction, type Database, type Sql } from '../storage/postgres.ts';
import { nextStage, type Condition, type LifecycleChange, type Stage } from './account-lifecycle.policy.ts';
import { lockRow, selectFacts, updateStage } from './account.store.ts';
import { accountMoved } from './events.ts';

export interface ChangeAccountDeps {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly clock: Clock;
}
export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly to: Stage }
  | { readonly kind: 'no_account' }
  | { readonly kind: 'not_allowed' }
  | { readonly kind: 'not_shown'; readonly missing: readonly Condition[] };

/** Moves an account by one row of its lifecycle table. What was issued before counts only as far as the new stage allows. */
export async function changeAccount(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  move: { readonly change: LifecycleChange; readonly actor: string; readonly shown: readonly Condition[] },
): Promise<ChangeOutcome> {
  return inTransaction(deps.db, (sql) => changeAccountIn(sql, deps, subject, move));
}

/** The same inside the caller's transaction, for a change that comes together with others. */
export async function changeAccountIn(
  sql: Sql,
  deps: Pick<ChangeAccountDeps, 'keyring' | 'clock'>,
  subject: SubjectId,
  move: { readonly change: LifecycleChange; readonly actor: string; readonly shown: readonly Condition[] },
): Promise<ChangeOutcome> {
  await lockRow(sql, subject);
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts) return { kind: 'no_account' };
  const decision = nextStage({ state: facts.state, level: facts.level }, move.change, move.shown);
  if (decision.kind !== 'moves') return decision;
  await updateStage(sql, subject, decision.to);
  await record(sql, accountMoved(subject, move.actor, move.change, decision.to), deps.clock.now());
  return { kind: 'changed', to: decision.to };
}
