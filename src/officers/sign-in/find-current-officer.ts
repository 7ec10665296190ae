import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import type { Office } from '../office.ts';
import type { Officer } from '../officer.ts';
import { selectMember } from '../officer.store.ts';
import { sessionStanding } from './officer-session.policy.ts';
import { deleteSession, selectSession, touchSession, type OfficerSessionKey } from './officer-session.store.ts';

export interface CurrentOfficerDeps {
  readonly db: Sql;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'sealing'>;
}

/** An officer with the session they are here by. */
export interface AtConsole {
  readonly officer: Officer;
  readonly office: Office;
  readonly session: { readonly key: OfficerSessionKey; readonly startedSeconds: number };
}

/**
 * Who is at the console by this session; undefined when it ended, by time or by sign-out, or the officer is active no more:
 * the record is read each time, so that disabling works at once everywhere. One look at Redis, one statement.
 */
export async function findCurrentOfficer(
  deps: CurrentOfficerDeps,
  key: OfficerSessionKey,
): Promise<AtConsole | undefined> {
  const session = await selectSession(deps.cache, key);
  if (!session) return undefined;
  const nowSeconds = epochSeconds(deps.clock.now());
  const seated = await selectMember(deps, deps.db, session.officerId);
  const { kind } = sessionStanding(session, nowSeconds);
  if (kind !== 'open' || seated?.member.state !== 'active') {
    await deleteSession(deps.cache, key);
    return undefined;
  }
  await touchSession(deps.cache, key, nowSeconds);
  const { officerId, officeId, role, personal } = seated.member;
  const { authTimeSeconds, startedSeconds } = session;
  return {
    officer: { officerId, officeId, role, name: personal.reveal().name, authTimeSeconds },
    office: seated.office,
    session: { key, startedSeconds },
  };
}
