import { generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { Clock } from '../../kernel/clock.ts';
import { randomBuffer } from '../../kernel/random.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import type { FactorChange } from '../factor-change.policy.ts';
import { requireFreshFactor, type StepUp } from '../require-fresh-factor.ts';
import { CEREMONY_SECONDS, saveChallenge } from './challenge.store.ts';
import { ensureHandle } from './passkey.store.ts';
import type { RelyingParty } from './relying-party.ts';

export interface BeginPasskeyEnrolmentDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly relyingParty: RelyingParty;
}

export const MAX_PASSKEYS = 20;
const HANDLE_BYTES = 32;
/** COSE: EdDSA, ES256, RS256. */
export const ALGORITHMS = [-8, -7, -257];

/**
 * What a device needs to make a passkey for this account: a challenge good once, for 5 minutes, for this subject in this
 * transaction. `label`: what the device's list calls the account. `too_many` from 20 on.
 */
export async function beginPasskeyEnrolment(
  deps: BeginPasskeyEnrolmentDeps,
  change: FactorChange,
  label: string,
): Promise<
  | { readonly kind: 'begun'; readonly options: PublicKeyCredentialCreationOptionsJSON }
  | { readonly kind: 'too_many' }
  | StepUp
> {
  const fresh = await requireFreshFactor(deps, change);
  if (fresh.kind === 'step_up') return fresh;
  const { passkeys } = fresh.enrolled;
  if (passkeys.length >= MAX_PASSKEYS) return { kind: 'too_many' };
  const handle = await ensureHandle(deps.db, change.subject, randomBuffer(HANDLE_BYTES));
  const options = await generateRegistrationOptions({
    rpName: deps.relyingParty.name,
    rpID: deps.relyingParty.id,
    userID: new Uint8Array(handle),
    userName: label,
    userDisplayName: label,
    timeout: CEREMONY_SECONDS * 1000,
    attestationType: 'none',
    excludeCredentials: passkeys.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  const { transaction, subject } = change;
  await saveChallenge(deps.cache, options.challenge, { purpose: 'enrol', transaction, subject });
  return { kind: 'begun', options };
}
