import type { Cache } from '../storage/redis.ts';
import { keepVisit } from './take-proof.ts';
import type { Visit } from './visit.ts';

/** Forgets everything this visit has shown, the session's person too: somebody else sits down. */
export const startOver = (deps: { cache: Cache }, visit: Visit): Promise<Visit> =>
  keepVisit(deps, { ...visit, signIn: { proofs: [], startedOver: true }, sessionProofs: [] });
