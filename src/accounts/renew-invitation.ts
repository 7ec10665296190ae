import { record } from '../audit/record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { randomId } from '../kernel/random.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import { inTransaction } from '../storage/postgres.ts';
import { tellOfInvitationJob } from './account-jobs.ts';
import { lockRow, selectFacts } from './account.store.ts';
import { changeAccountIn, type ChangeAccountDeps } from './change-account.ts';
import { invitationRenewed } from './events.ts';
import { insertInvitation, selectOpenInvitation, updateInvitationEnded } from './invitation.store.ts';
import { expiryOf, hasLapsed } from './invitation.ts';

export type RenewOutcome =
  | { readonly kind: 'renewed'; readonly expiresAt: Date }
  | { readonly kind: 'not_invited' }
  | { readonly kind: 'still_good'; readonly until: Date };

/**
 * Makes a lapsed invitation anew, for another seven days: through the help desk, and nobody else (Decree 69/2024 art.
 * 14(1)). `still_good`: nothing to renew. The account passes through `activation_overdue` also when no job was there yet.
 */
export async function renewInvitation(
  deps: ChangeAccountDeps,
  subject: SubjectId,
  actor: string,
): Promise<RenewOutcome> {
  return inTransaction(deps.db, async (sql) => {
    await lockRow(sql, subject);
    const at = deps.clock.now();
    const invitation = await selectOpenInvitation(sql, subject);
    if (!invitation) return { kind: 'not_invited' };
    if (!hasLapsed(invitation, at)) return { kind: 'still_good', until: invitation.expiresAt };
    if (invitation.change === 'activate') {
      const facts = await selectFacts(sql, deps.keyring, subject);
      if (facts?.state === 'granted')
        await changeAccountIn(sql, deps, subject, { change: 'let_invitation_lapse', actor, shown: [] });
      const moved = await changeAccountIn(sql, deps, subject, { change: 'renew_invitation', actor, shown: [] });
      if (moved.kind !== 'changed') return { kind: 'not_invited' };
    }
    await updateInvitationEnded(sql, invitation, at);
    const next = { ...invitation, invitationId: randomId(), madeAt: at, expiresAt: expiryOf(at) };
    await insertInvitation(sql, next, actor);
    await record(sql, invitationRenewed(next, actor), at);
    await enqueueJob(sql, tellOfInvitationJob(subject));
    return { kind: 'renewed', expiresAt: next.expiresAt };
  });
}
