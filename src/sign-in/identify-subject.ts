import { identifierKeyOf } from '../accounts/account-identifier.ts';
import { findAccountByNationalId, type FindAccountDeps } from '../accounts/find-account.ts';
import type { Clock } from '../kernel/clock.ts';
import type { NationalId } from '../registry/national-id.ts';
import type { Cache } from '../storage/redis.ts';
import { claimedBy } from './claim-identity.ts';
import { countIdentifier, type IdentifierRate } from './identifier-rate.store.ts';
import { saveSignIn } from './sign-in.store.ts';
import type { Visit } from './visit.ts';

export interface IdentifyDeps extends FindAccountDeps {
  readonly clock: Clock;
  readonly cache: Cache;
}

export type IdentifyOutcome = { readonly kind: 'identified' } | Extract<IdentifierRate, { kind: 'too_many' }>;

/** Known or unknown, the visitor goes on to the password page: neither the answer nor its cost tells. */
export async function identifySubject(
  deps: IdentifyDeps,
  visit: Visit,
  nationalId: NationalId,
  subscriber: string,
): Promise<IdentifyOutcome> {
  const key = identifierKeyOf(deps.keyring, nationalId);
  const [rate, facts] = await Promise.all([
    countIdentifier(deps.cache, deps.keyring, subscriber, key),
    findAccountByNationalId(deps, nationalId),
  ]);
  // counted before anything is kept: a number over the limit must not stand in the visit, or its password could be tried
  if (rate.kind === 'too_many') return rate;
  await saveSignIn(deps.cache, visit.interaction.id, { who: claimedBy(deps, nationalId, facts), proofs: [] });
  return { kind: 'identified' };
}
