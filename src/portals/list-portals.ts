import type { Sql } from '../storage/postgres.ts';
import { selectPortals } from './portal.store.ts';
import type { Portal } from './portal.ts';

/** Every portal, disabled ones too, by id. */
export const listPortals = (deps: { db: Sql }): Promise<Portal[]> => selectPortals(deps.db);
