import { randomId } from '../kernel/random.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';
import { inTransaction } from '../storage/postgres.ts';
import type { ChangeAccountDeps } from './change-account.ts';
import { endLockIn, type EndLockOutcome } from './end-lock.ts';
import type { LockGround } from './lock-ground.policy.ts';
import { insertUnlockEvidence } from './unlock-evidence.store.ts';

/** What the officer checked before opening: the person stood there, and was this person. */
export interface UnlockChecks {
  readonly formNumber: string;
  readonly cardSeen: true;
  /** The reference that the matching station gave. */
  readonly faceMatch: string;
}

export interface CounterUnlock {
  readonly ground: LockGround;
  readonly officerId: string;
  readonly officeId: string;
  readonly checks: Sealed<UnlockChecks>;
}

/** Ends a ground that ends at the counter (form TK03), and keeps with the account what the officer checked: both or neither. */
export async function unlockAtCounter(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  { ground, officerId, officeId, checks }: CounterUnlock,
): Promise<EndLockOutcome> {
  return inTransaction(deps.db, async (sql) => {
    const document = checks.reveal().formNumber;
    const request = { ground, way: 'counter', actor: `officer:${officerId}`, document } as const;
    const outcome = await endLockIn(sql, deps, subject, request);
    if (outcome.kind !== 'ended') return outcome;
    const evidence = { evidenceId: randomId(), officerId, officeId, at: deps.clock.now(), checks };
    await insertUnlockEvidence(sql, deps.keyring, subject, evidence);
    return outcome;
  });
}
