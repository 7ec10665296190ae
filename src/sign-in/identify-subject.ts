import { findAccountByNationalId, type FindAccountDeps } from '../accounts/find-account.ts';
import type { NationalId } from '../registry/national-id.ts';
import type { Cache } from '../storage/redis.ts';
import { claimedBy } from './claim-identity.ts';
import { countIdentifier, type IdentifierRate } from './identifier-rate.store.ts';
import { saveSignIn } from './sign-in.store.ts';
import type { Visit } from './visit.ts';

export interface IdentifyDeps extends FindAccountDeps {
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
  const claimed = claimedBy(deps.keyring, nationalId, await findAccountByNationalId(deps, nationalId));
  const [rate] = await Promise.all([
    countIdentifier(deps.cache, deps.keyring, subscriber, claimed.key),
    saveSignIn(deps.cache, visit.interaction.id, { who: claimed, proofs: [] }),
  ]);
  return rate.kind === 'too_many' ? rate : { kind: 'identified' };
}
