import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { officerSignedOut } from '../events.ts';
import type { AtConsole } from './find-current-officer.ts';
import { deleteSession } from './officer-session.store.ts';

/** Ends this session. The event first: a session that ends unrecorded would be the worse half. */
export async function signOutOfficer(
  deps: { readonly db: Sql; readonly cache: Cache; readonly clock: Clock },
  { officer, session }: AtConsole,
): Promise<void> {
  await record(deps.db, officerSignedOut(officer), deps.clock.now());
  await deleteSession(deps.cache, session.key);
}
