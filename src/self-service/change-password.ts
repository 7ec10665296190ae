import { tellOfFactorJob } from '../accounts/account-jobs.ts';
import { choosePassword } from '../authenticators/password/choose-password.ts';
import type { HashQueue } from '../authenticators/password/hash-queue.ts';
import type { PasswordRefusal } from '../authenticators/password/password.policy.ts';
import { setPassword } from '../authenticators/password/set-password.ts';
import { requireFreshFactor, type StepUp } from '../authenticators/require-fresh-factor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import type { Visitor } from './find-visitor.ts';
import { ownWordsOf } from './own-words.ts';

export interface ChangePasswordDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly hashQueue: HashQueue;
}

export type ChangePasswordOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly reason: PasswordRefusal }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }
  | StepUp;

/** Sets a new password for a holder who lately showed the highest factor held. Everything issued before dies with the old one. */
export async function changePassword(
  deps: ChangePasswordDeps,
  { subject, change, account }: Visitor,
  password: Sealed<string>,
): Promise<ChangePasswordOutcome> {
  const fresh = await requireFreshFactor(deps, change);
  if (fresh.kind === 'step_up') return fresh;
  const choice = await choosePassword(deps, password, ownWordsOf(account.personal.reveal()));
  if (choice.kind !== 'chosen') return choice;
  await inTransaction(deps.db, async (sql) => {
    await setPassword(deps, sql, subject, choice.chosen);
    await enqueueJob(sql, tellOfFactorJob(subject, 'password_changed'));
  });
  return { kind: 'changed' };
}
