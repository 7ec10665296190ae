import type { Sql } from '../storage/postgres.ts';
import { canChangeTrail } from './audit-trail.store.ts';

/** Whether the database role of this process could change, delete or drop what the trail holds. One statement. */
export const mayChangeTrail = (deps: { readonly db: Sql }): Promise<boolean> => canChangeTrail(deps.db);
