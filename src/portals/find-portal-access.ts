import type { SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectAccessFacts, type AccessLook, type ExpectedEvent } from './portal-access.store.ts';
import type { Portal } from './portal.ts';

export type { AccessLook, ExpectedEvent } from './portal-access.store.ts';

/**
 * What mayAnswer() decides from, as it is in the database now. One statement, also with an event: it is recorded if the facts
 * are the ones it expects, and `isRecorded` says so.
 */
export const findPortalAccess = (
  deps: { db: Sql; keyring: Keyring },
  subject: SubjectId,
  portal: Portal,
  expected?: ExpectedEvent,
): Promise<AccessLook> => selectAccessFacts(deps.db, deps.keyring, subject, portal, expected);
