import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectEnrolled } from './authenticator.store.ts';
import type { Enrolled } from './enrolled.ts';

/** What the account can be signed in to with; nothing enrolled for an unknown one. One statement, no secret in the answer. */
export const listAuthenticators = (deps: { readonly db: Sql }, subject: SubjectId): Promise<Enrolled> =>
  selectEnrolled(deps.db, subject);
