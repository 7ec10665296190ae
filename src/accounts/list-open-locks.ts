import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectOpenLocks } from './account.store.ts';
import type { OpenLock } from './open-lock.ts';

/** The grounds of lock that are open now, with when, by whom and on which document; oldest first. One statement. */
export const listOpenLocks = (deps: { readonly db: Sql }, subject: SubjectId): Promise<OpenLock[]> =>
  selectOpenLocks(deps.db, subject);
