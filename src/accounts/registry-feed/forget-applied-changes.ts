import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import { deleteAppliedBefore } from './feed.store.ts';

/** Twice the 90 days within which a registry may tell a change again (docs/registry.md). */
const KEPT_DAYS = 180;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Forgets changes so old that no registry tells them again. */
export const forgetAppliedChanges = (deps: { readonly db: Sql; readonly clock: Clock }): Promise<void> =>
  deleteAppliedBefore(deps.db, new Date(deps.clock.now().getTime() - KEPT_DAYS * DAY_MS));
