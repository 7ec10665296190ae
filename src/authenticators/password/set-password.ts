import { markCredentialsChanged } from '../../accounts/mark-credentials-changed.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';
import { passwordSet } from '../events.ts';
import type { ChosenPassword } from './choose-password.ts';
import { upsertPassword } from './password.store.ts';

/**
 * Sets or replaces the password that `choosePassword` let pass. Everything issued before dies with the old one. Runs in
 * the caller's transaction, which was not open while hashing.
 */
export async function setPassword(
  deps: { readonly clock: Clock },
  sql: Sql,
  subject: SubjectId,
  chosen: ChosenPassword,
): Promise<void> {
  const at = deps.clock.now();
  await upsertPassword(sql, subject, chosen, passwordSet(subject), at);
  await markCredentialsChanged(sql, subject, at);
}
