import { identifierKeyOf } from '../accounts/account-identifier.ts';
import { findAccount } from '../accounts/find-account.ts';
import { holdAccount } from '../accounts/hold-account.ts';
import type { Proof } from '../assurance/proof.ts';
import { choosePassword } from '../authenticators/password/choose-password.ts';
import type { PasswordRefusal } from '../authenticators/password/password.policy.ts';
import { setPassword } from '../authenticators/password/set-password.ts';
import {
  verifyPassword,
  type PasswordOutcome,
  type VerifyPasswordDeps,
} from '../authenticators/password/verify-password.ts';
import { epochSeconds } from '../kernel/clock.ts';
import type { Sealed } from '../kernel/sealed.ts';
import { parseNationalId } from '../registry/national-id.ts';
import type { Keyring } from '../storage/keyring.ts';
import { inTransaction } from '../storage/postgres.ts';
import { activationStep } from './activation-step.policy.ts';
import type { Invitee, OpenActivation } from './activation.ts';
import { selectActivation, updateActivation, type ActivationKey } from './activation.store.ts';
import { ownWordsOf } from './own-words.ts';

export interface ActivationPasswordDeps extends VerifyPasswordDeps {
  readonly keyring: Keyring;
}

export type ActivationPasswordOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: PasswordRefusal }
  | Exclude<PasswordOutcome, { kind: 'verified' }>
  | { readonly kind: 'not_now' };

/**
 * The password step: a new account gets its password, which nobody can use before the account is active; the holder of an
 * account to be raised shows the one they have, counted like any sign-in. Done again after a crash, it starts over.
 */
export async function takeActivationPassword(
  deps: ActivationPasswordDeps,
  key: ActivationKey,
  password: Sealed<string>,
): Promise<ActivationPasswordOutcome> {
  const activation = await selectActivation(deps, key);
  if (activation?.kind !== 'open' || activationStep(activation) !== 'password') return { kind: 'not_now' };
  const invitee = activation.invitee?.reveal();
  if (!invitee) return { kind: 'not_now' };
  const outcome =
    invitee.change === 'activate'
      ? await choose(deps, invitee, password)
      : await verifyPassword(deps, claimantOf(deps, activation, invitee), password);
  if (outcome.kind !== 'verified') return outcome;
  await updateActivation(deps, key, { ...activation, proofs: [...activation.proofs, outcome.proof] });
  return { kind: 'taken' };
}

function claimantOf(deps: ActivationPasswordDeps, { nationalId }: OpenActivation, { subject }: Invitee) {
  const number = parseNationalId(nationalId.reveal());
  if (!number) throw new Error('an activation keeps a number that is none');
  return { key: identifierKeyOf(deps.keyring, number), subject };
}

async function choose(
  deps: ActivationPasswordDeps,
  { subject, personal, phone }: Invitee,
  password: Sealed<string>,
): Promise<
  { readonly kind: 'verified'; readonly proof: Proof } | Exclude<ActivationPasswordOutcome, { kind: 'taken' }>
> {
  const choice = await choosePassword(deps, password, ownWordsOf({ ...personal, phone }));
  if (choice.kind !== 'chosen') return choice;
  return inTransaction(deps.db, async (sql) => {
    await holdAccount(sql, subject);
    const account = await findAccount({ db: sql, keyring: deps.keyring }, subject);
    // Active meanwhile, in another browser: its password is no longer set from here.
    if (account?.state !== 'granted') return { kind: 'not_now' };
    await setPassword(deps, sql, subject, choice.chosen);
    return { kind: 'verified', proof: { by: 'password', atSeconds: epochSeconds(deps.clock.now()) } };
  });
}
