import type { Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { randomToken } from '../../kernel/random.ts';
import { Sealed } from '../../kernel/sealed.ts';
import type { Sql } from '../../storage/postgres.ts';
import { insertLockLink } from './lock-link.store.ts';

/** How long the link in a notice can lock the account. */
export const LOCK_LINK_DAYS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;
const TOKEN_BYTES = 16;

/** The address that goes into a notice: whoever opens it can lock this account, once, and do nothing else. */
export async function makeLockLink(
  deps: { readonly db: Sql; readonly clock: Clock; readonly issuer: string },
  subject: SubjectId,
): Promise<Sealed<string>> {
  const at = deps.clock.now();
  const token = new Sealed(randomToken(TOKEN_BYTES));
  await insertLockLink(deps.db, { subject, token, at, until: new Date(at.getTime() + LOCK_LINK_DAYS * DAY_MS) });
  return new Sealed(`${deps.issuer}/lock/${token.reveal()}`);
}
