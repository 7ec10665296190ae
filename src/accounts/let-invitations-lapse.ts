import { ACTIVATION_DAYS } from './account-lifecycle.policy.ts';
import { selectWaitingSince } from './account.store.ts';
import { changeAccountIn, type ChangeAccountDeps } from './change-account.ts';
import { inTransaction } from '../storage/postgres.ts';

const BATCH = 200;
const DAY_MS = 24 * 60 * 60 * 1000;
const ACTOR = 'clock';

/** Lets every invitation lapse that has waited longer than the law gives (Decree 69/2024 art. 14(1)); how many. */
export async function letInvitationsLapse(deps: ChangeAccountDeps): Promise<number> {
  const now = deps.clock.now();
  // An invitation that was told later, or renewed, says itself until when.
  const before = new Date(now.getTime() - ACTIVATION_DAYS * DAY_MS);
  const move = { change: 'let_invitation_lapse', actor: ACTOR, shown: [] } as const;
  for (let count = 0; ;) {
    const lapsed = await inTransaction(deps.db, async (sql) => {
      const waiting = await selectWaitingSince(sql, before, now, BATCH);
      let moved = 0;
      for (const subject of waiting) {
        const outcome = await changeAccountIn(sql, deps, subject, move);
        if (outcome.kind === 'changed') moved += 1;
      }
      return moved;
    });
    count += lapsed;
    // Fewer than asked for, or none that may move: nothing is left to do today.
    if (lapsed < BATCH) return count;
  }
}
