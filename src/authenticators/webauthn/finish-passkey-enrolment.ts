import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import { passkeyEnrolled, passkeyRejected } from '../events.ts';
import type { FactorChange } from '../factor-change.policy.ts';
import { requireFreshFactor, type StepUp } from '../require-fresh-factor.ts';
import { MAX_PASSKEYS } from './begin-passkey-enrolment.ts';
import { takeChallenge } from './challenge.store.ts';
import { checkRegistration } from './check-registration.ts';
import { challengeOf, parseRegistration } from './passkey-response.ts';
import { insertPasskey } from './passkey.store.ts';
import type { RelyingParty } from './relying-party.ts';

export interface FinishPasskeyEnrolmentDeps {
  /** Or the caller's transaction, to bind it together with something else. */
  readonly db: Sql;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly relyingParty: RelyingParty;
}

export type FinishPasskeyOutcome =
  | { readonly kind: 'enrolled'; readonly credentialId: string }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'expired' }
  | StepUp;

const NAME_LENGTH = 64;

/**
 * Binds the passkey that a device made for the challenge of this transaction and subject. `expired`: the challenge is not
 * ours, lapsed or was used. `rejected`: anything else wrong with the answer, or the account has it (or 20) already.
 */
export async function finishPasskeyEnrolment(
  deps: FinishPasskeyEnrolmentDeps,
  change: FactorChange,
  response: unknown,
  name: string,
): Promise<FinishPasskeyOutcome> {
  const fresh = await requireFreshFactor(deps, change);
  if (fresh.kind === 'step_up') return fresh;
  const registration = parseRegistration(response);
  const challenge = registration && challengeOf(registration.response.clientDataJSON);
  if (!registration || !challenge) return { kind: 'rejected' };
  const ceremony = await takeChallenge(deps.cache, challenge);
  const isOurs = ceremony?.transaction === change.transaction && ceremony.subject === change.subject;
  if (ceremony?.purpose !== 'enrol' || !isOurs) return { kind: 'expired' };

  const at = deps.clock.now();
  const called = Array.from(name.normalize('NFC').trim()).slice(0, NAME_LENGTH).join('');
  const made = await checkRegistration(deps.relyingParty, challenge, registration);
  const passkey = made && { ...made, name: called };
  const hasRoom = fresh.enrolled.passkeys.length < MAX_PASSKEYS;
  const isBound =
    passkey &&
    hasRoom &&
    (await insertPasskey(deps.db, change.subject, passkey, passkeyEnrolled(change.subject, passkey.synced), at));
  if (!passkey || !isBound) {
    await record(deps.db, passkeyRejected(change.subject, 'not_enrolled'), at);
    return { kind: 'rejected' };
  }
  return { kind: 'enrolled', credentialId: passkey.credentialId.toString('base64url') };
}
