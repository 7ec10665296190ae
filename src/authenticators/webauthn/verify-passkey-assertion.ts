import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { record } from '../../audit/record.ts';
import type { Proof } from '../../assurance/proof.ts';
import { epochSeconds, type Clock } from '../../kernel/clock.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { passkeyAccepted, passkeyRejected } from '../events.ts';
import { orUnavailable, type Unavailable } from '../or-unavailable.ts';
import { takeChallenge } from './challenge.store.ts';
import { checkAssertion } from './check-assertion.ts';
import { challengeOf, parseAssertion } from './passkey-response.ts';
import { acceptUse, selectPasskey, type Passkey } from './passkey.store.ts';
import type { RelyingParty } from './relying-party.ts';

export interface VerifyPasskeyDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly relyingParty: RelyingParty;
}

export type PasskeyOutcome =
  | { readonly kind: 'verified'; readonly subject: SubjectId; readonly proof: Proof }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'expired' }
  | Unavailable;

/**
 * Whose passkey answered the challenge of this transaction, with the person verified on the device. `expired`: the challenge
 * is not ours, lapsed or was used. `rejected`: anything else, another account's passkey and a counter that went back too.
 * Two SQL statements and one Redis round trip.
 */
export function verifyPasskeyAssertion(
  deps: VerifyPasskeyDeps,
  transaction: string,
  response: unknown,
): Promise<PasskeyOutcome> {
  return orUnavailable(async () => {
    const assertion = parseAssertion(response);
    const challenge = assertion && challengeOf(assertion.response.clientDataJSON);
    if (!assertion || !challenge) return { kind: 'rejected' };
    const ceremony = await takeChallenge(deps.cache, challenge);
    if (ceremony?.purpose !== 'assert' || ceremony.transaction !== transaction) return { kind: 'expired' };

    const passkey = await findPasskey(deps, assertion);
    if (!passkey) return reject(deps, ceremony.subject, 'unknown');
    if (ceremony.subject && ceremony.subject !== passkey.subject)
      return reject(deps, ceremony.subject, 'other_account');
    const checked = await checkAssertion(deps.relyingParty, passkey.publicKey, challenge, assertion);
    if (!checked) return reject(deps, passkey.subject, 'invalid');
    const use = { subject: passkey.subject, credentialId: passkey.credentialId, ...checked };

    const at = deps.clock.now();
    const isAccepted = await acceptUse(deps.db, use, passkeyAccepted(use.subject, use.synced), at);
    if (!isAccepted) return reject(deps, use.subject, 'counter_went_back');
    const proof: Proof = { by: 'passkey', atSeconds: epochSeconds(at), synced: use.synced };
    return { kind: 'verified', subject: use.subject, proof };
  });
}

async function findPasskey(
  deps: VerifyPasskeyDeps,
  { id, response }: AuthenticationResponseJSON,
): Promise<Passkey | undefined> {
  const handle = Buffer.from(response.userHandle ?? '', 'base64url');
  return selectPasskey(deps.db, handle, Buffer.from(id, 'base64url'));
}

async function reject(
  deps: VerifyPasskeyDeps,
  subject: SubjectId | undefined,
  why: 'unknown' | 'invalid' | 'other_account' | 'counter_went_back',
): Promise<PasskeyOutcome> {
  await record(deps.db, passkeyRejected(subject, why), deps.clock.now());
  return { kind: 'rejected' };
}
