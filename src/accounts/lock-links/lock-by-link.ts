import type { Clock } from '../../kernel/clock.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { inTransaction, type Sql } from '../../storage/postgres.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { lockAccountIn } from '../lock-account.ts';
import { selectLockLink, updateLockLinkUsed } from './lock-link.store.ts';

const TOKEN = /^[\w-]{22}$/;

/** Whether the link can still lock an account. Looking changes nothing: mail readers look too. */
export async function isLockLinkGood(
  deps: { readonly db: Sql; readonly clock: Clock },
  token: Sealed<string>,
): Promise<boolean> {
  if (!TOKEN.test(token.reveal())) return false;
  return (await selectLockLink(deps.db, token, deps.clock.now())) !== undefined;
}

export type LockByLinkOutcome = { readonly kind: 'locked' } | { readonly kind: 'link_gone' };

/** Spends the link and locks its account on the holder's request; an account that is locked so already stays so. */
export async function lockByLink(deps: ChangeAccountDeps, token: Sealed<string>): Promise<LockByLinkOutcome> {
  if (!TOKEN.test(token.reveal())) return { kind: 'link_gone' };
  return inTransaction(deps.db, async (sql) => {
    const subject = await updateLockLinkUsed(sql, token, deps.clock.now());
    if (!subject) return { kind: 'link_gone' };
    await lockAccountIn(sql, deps, subject, { ground: 'self_request', actor: 'holder:link' });
    return { kind: 'locked' };
  });
}
