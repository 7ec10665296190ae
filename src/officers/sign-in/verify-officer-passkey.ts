import { record } from '../../audit/record.ts';
import { orUnavailable, type Unavailable } from '../../authenticators/or-unavailable.ts';
import { checkAssertion } from '../../authenticators/webauthn/check-assertion.ts';
import { challengeOf, parseAssertion } from '../../authenticators/webauthn/passkey-response.ts';
import type { RelyingParty } from '../../authenticators/webauthn/relying-party.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { officerReauthenticated, officerSignedIn, officerSignInRejected } from '../events.ts';
import type { OfficerId } from '../officer.ts';
import { takeChallenge } from './officer-challenge.store.ts';
import { acceptUse, selectPasskey } from './officer-passkey.store.ts';

export interface VerifyOfficerDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly relyingParty: RelyingParty;
}

export type OfficerPasskeyOutcome =
  | { readonly kind: 'verified'; readonly officerId: OfficerId; readonly at: Date }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'expired' }
  | Unavailable;

/**
 * Which active officer's passkey answered the challenge given to this browser, with the person verified on the device.
 * `expired`: the challenge is not ours, lapsed, was used, or another browser's. `rejected`: anything else, a citizen's passkey
 * and a disabled officer's too. With `officerId`, that officer and the challenge of a re-authentication.
 */
export function verifyOfficerPasskey(
  deps: VerifyOfficerDeps,
  browser: string,
  response: unknown,
  officerId?: OfficerId,
): Promise<OfficerPasskeyOutcome> {
  return orUnavailable(async () => {
    const assertion = parseAssertion(response);
    const challenge = assertion && challengeOf(assertion.response.clientDataJSON);
    if (!assertion || !challenge) return { kind: 'rejected' };
    const ceremony = await takeChallenge(deps.cache, challenge);
    const isOurs = ceremony?.browser === browser && ceremony.officerId === officerId;
    if (ceremony?.purpose !== 'assert' || !isOurs) return { kind: 'expired' };

    const handle = Buffer.from(assertion.response.userHandle ?? '', 'base64url');
    const passkey = await selectPasskey(deps.db, handle, Buffer.from(assertion.id, 'base64url'));
    if (!passkey) return reject(deps, officerId, 'unknown');
    if (officerId && passkey.officerId !== officerId) return reject(deps, officerId, 'other_officer');
    const checked = await checkAssertion(deps.relyingParty, passkey.publicKey, challenge, assertion);
    if (!checked) return reject(deps, passkey.officerId, 'invalid');

    const at = deps.clock.now();
    const event = (officerId ? officerReauthenticated : officerSignedIn)(passkey.officerId, checked.synced);
    const isAccepted = await acceptUse(deps.db, { ...passkey, ...checked }, event, at);
    if (!isAccepted) return reject(deps, passkey.officerId, 'not_accepted');
    return { kind: 'verified', officerId: passkey.officerId, at };
  });
}

async function reject(
  deps: VerifyOfficerDeps,
  officerId: OfficerId | undefined,
  why: Parameters<typeof officerSignInRejected>[1],
): Promise<OfficerPasskeyOutcome> {
  await record(deps.db, officerSignInRejected(officerId, why), deps.clock.now());
  return { kind: 'rejected' };
}
