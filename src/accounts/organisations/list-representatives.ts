import type { SubjectId } from '../../kernel/ids.ts';
import type { Sql } from '../../storage/postgres.ts';
import { selectRepresentatives } from './representative.store.ts';

/** The accounts of those who represent the organisation now; none for a person's. */
export const listRepresentatives = (deps: { readonly db: Sql }, organisation: SubjectId): Promise<SubjectId[]> =>
  selectRepresentatives(deps.db, organisation);
