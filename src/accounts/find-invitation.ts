import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectOpenInvitation } from './invitation.store.ts';
import type { Invitation } from './invitation.ts';

/** The account's invitation that was neither used nor renewed, lapsed or not. One statement. */
export const findInvitation = (deps: { readonly db: Sql }, subject: SubjectId): Promise<Invitation | undefined> =>
  selectOpenInvitation(deps.db, subject);
