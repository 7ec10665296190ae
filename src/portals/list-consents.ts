import type { SubjectId } from '../kernel/ids.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectConsents, type ConsentInForce } from './consent.store.ts';

export type { ConsentInForce };

/** Every decision of the person in force, by portal. */
export const listConsents = (deps: { db: Sql }, subject: SubjectId): Promise<ConsentInForce[]> =>
  selectConsents(deps.db, subject);
