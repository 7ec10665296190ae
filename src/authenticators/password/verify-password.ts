import { record } from '../../audit/record.ts';
import type { Proof } from '../../assurance/proof.ts';
import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { clear, reserve } from '../attempts.store.ts';
import { NO_ONE, type Claimant } from '../claimant.ts';
import { accepted, rejected } from '../events.ts';
import { LOCKOUT } from '../lockout.policy.ts';
import { orUnavailable, type Unavailable } from '../or-unavailable.ts';
import type { Busy, HashLane, HashQueue } from './hash-queue.ts';
import { hashPassword, matchesHash, needsRehash, type PasswordHash } from './password-hash.ts';
import { selectPassword, updateExhausted, updateHash, type Beside } from './password.store.ts';

export interface VerifyPasswordDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Pick<Keyring, 'peppers'>;
  readonly hashQueue: HashQueue;
}

export type PasswordOutcome =
  | { readonly kind: 'verified'; readonly proof: Proof; readonly beside: Beside }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'locked'; readonly until: Date }
  | { readonly kind: 'exhausted' }
  | Busy
  | Unavailable;

/**
 * Whether the claimant knows the password. An unknown number costs the same hash, statements and tries, and answers alike.
 * Refused before any hash: `locked` until a time (lockout.policy.ts), `exhausted` until a new password is set, `busy` when
 * too many are hashing. Two SQL statements and two Redis round trips.
 */
export function verifyPassword(
  deps: VerifyPasswordDeps,
  who: Claimant,
  password: Sealed<string>,
): Promise<PasswordOutcome> {
  return orUnavailable(() => deps.hashQueue.admit((lane) => tryPassword(deps, who, password, lane)));
}

async function tryPassword(
  deps: VerifyPasswordDeps,
  who: Claimant,
  password: Sealed<string>,
  lane: HashLane,
): Promise<PasswordOutcome> {
  const kept = await selectPassword(deps.db, who.subject ?? NO_ONE);
  const reservation = await reserve(deps.cache, 'password', who.key, kept?.setAt, deps.clock.now());
  if (reservation.kind !== 'permitted') return reservation;
  const matches = await lane(() => matchesHash(deps.keyring, password, kept?.hash));
  const at = deps.clock.now();
  if (kept?.exhausted) return { kind: 'exhausted' };
  if (!matches || !kept || !who.subject) {
    await record(deps.db, rejected('password', who, reservation.inARow), at);
    if (who.subject && reservation.inARow >= LOCKOUT.exhaustedAt) await updateExhausted(deps.db, who.subject, at);
    return { kind: 'rejected' };
  }
  if (needsRehash(deps.keyring, kept.hash))
    await rehash(deps, { ...who, subject: who.subject }, password, kept.hash, lane);
  await record(deps.db, accepted('password', who), at);
  clear(deps.cache, 'password', who.key);
  return { kind: 'verified', proof: { by: 'password', atSeconds: epochSeconds(at) }, beside: kept.beside };
}

async function rehash(
  deps: VerifyPasswordDeps,
  who: Required<Claimant>,
  password: Sealed<string>,
  read: PasswordHash,
  lane: HashLane,
): Promise<void> {
  const fresh = await lane(() => hashPassword(deps.keyring, password));
  await updateHash(deps.db, who.subject, read, fresh);
}
