import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { claimedByAccount } from './claim-identity.ts';
import { keepVisit, readHeld } from './take-proof.ts';
import type { Visit } from './visit.ts';

export interface ResumeSessionDeps extends FindAccountDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
}

/** A visit inside a session is about the session's person from its first page: only what is missing will be asked. */
export async function resumeSession(deps: ResumeSessionDeps, visit: Visit): Promise<Visit> {
  const { session } = visit.interaction;
  if (!session || visit.signIn.who || visit.sessionProofs.length === 0) return visit;
  const [facts, held] = await Promise.all([findAccount(deps, session.subject), readHeld(deps, session.subject)]);
  if (!facts) return { ...visit, sessionProofs: [] };
  return keepVisit(deps, { ...visit, signIn: { who: claimedByAccount(deps, facts), held, proofs: [] } });
}
