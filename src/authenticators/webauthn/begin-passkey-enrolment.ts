import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { Clock } from '../../kernel/clock.ts';
import { randomBuffer } from '../../kernel/random.ts';
import type { Database } from '../../storage/postgres.ts';
import type { Cache } from '../../storage/redis.ts';
import type { FactorChange } from '../factor-change.policy.ts';
import { requireFreshFactor, type StepUp } from '../require-fresh-factor.ts';
import { saveChallenge } from './challenge.store.ts';
import { askNewPasskey, HANDLE_BYTES } from './passkey-options.ts';
import { ensureHandle } from './passkey.store.ts';
import type { RelyingParty } from './relying-party.ts';

export interface BeginPasskeyEnrolmentDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly relyingParty: RelyingParty;
}

export const MAX_PASSKEYS = 20;

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
  const known = passkeys.map(({ credentialId }) => credentialId);
  const options = await askNewPasskey(deps.relyingParty, { handle, label, known });
  const { transaction, subject } = change;
  await saveChallenge(deps.cache, options.challenge, { purpose: 'enrol', transaction, subject });
  return { kind: 'begun', options };
}
