import type { Sql } from '../storage/postgres.ts';
import { selectLogo } from './portal-logo.store.ts';

/** The bytes of a logo by its file name. */
export const findPortalLogo = (deps: { db: Sql }, file: string): Promise<Buffer | undefined> =>
  selectLogo(deps.db, file);
