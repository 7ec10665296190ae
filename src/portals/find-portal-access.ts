import type { SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import type { AccessFacts } from './portal-access.policy.ts';
import { selectAccessFacts } from './portal-access.store.ts';
import type { Portal } from './portal.ts';

/** What mayAnswer() decides from, as it is in the database now. One statement. */
export const findPortalAccess = (
  deps: { db: Sql; keyring: Keyring },
  subject: SubjectId,
  portal: Portal,
): Promise<AccessFacts> => selectAccessFacts(deps.db, deps.keyring, subject, portal);
