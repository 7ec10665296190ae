import { nextStage } from '../accounts/account-lifecycle.policy.ts';
import type { Personal } from '../accounts/account.ts';
import { claimPhone, type ClaimPhoneOutcome } from '../accounts/claim-phone.ts';
import { findAccountByNationalId } from '../accounts/find-account.ts';
import { kindOf } from '../accounts/entitlement.policy.ts';
import { openAccount } from '../accounts/open-account.ts';
import { listAccountEvents } from '../audit/list-account-events.ts';
import { record } from '../audit/record.ts';
import { choosePassword, type ChosenPassword } from '../authenticators/password/choose-password.ts';
import type { HashQueue } from '../authenticators/password/hash-queue.ts';
import type { PasswordRefusal } from '../authenticators/password/password.policy.ts';
import { setPassword } from '../authenticators/password/set-password.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Sealed } from '../kernel/sealed.ts';
import { parseNationalId } from '../registry/national-id.ts';
import { parsePhoneNumber } from '../registry/phone-number.ts';
import type { PopulationRegistry } from '../registry/population-registry.ts';
import type { Keyring } from '../storage/keyring.ts';
import { inTransaction, type Database } from '../storage/postgres.ts';
import type { Cache } from '../storage/redis.ts';
import { registrationCompleted, registrationTaken } from './events.ts';
import { ownWordsOf } from './own-words.ts';
import { registrationStep } from './registration-step.policy.ts';
import type { OpenRegistration } from './registration.ts';
import {
  deleteRegistration,
  selectRegistration,
  updateRegistration,
  type RegistrationKey,
} from './registration.store.ts';

export interface FinishDeps {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly hashQueue: HashQueue;
  readonly registry: PopulationRegistry;
}

export type FinishOutcome =
  | { readonly kind: 'opened' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: PasswordRefusal }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }
  | { readonly kind: 'registry_unavailable' }
  | { readonly kind: 'not_now' };

/**
 * Opens the account at level 01 with its password, both in one transaction with their audit events. `taken`: number or
 * phone got an account since the code was sent, or another's record has the phone too. Where the phone served somebody
 * else's account, it goes over to this newcomer, its true owner (claimPhone). A form sent twice, or again after a crash, finds its own account: `opened`.
 */
export async function finishRegistration(
  deps: FinishDeps,
  key: RegistrationKey,
  password: Sealed<string>,
): Promise<FinishOutcome> {
  const registration = await selectRegistration(deps, key);
  if (registrationStep(registration) === 'done') return { kind: 'opened' };
  if (registration?.kind !== 'open' || registrationStep(registration) !== 'password') return { kind: 'not_now' };
  const { newcomer, interaction } = registration;
  if (!newcomer) return { kind: 'not_now' };

  const choice = await choosePassword(deps, password, ownWordsOf(newcomer.reveal()));
  if (choice.kind !== 'chosen') return choice;
  if ((await claim(deps, newcomer)).kind === 'unavailable') return { kind: 'registry_unavailable' };
  const outcome = await open(deps, key, registration.counted, newcomer, choice.chosen);
  if (outcome === 'taken' && !(await openedBy(deps, key, newcomer))) {
    await deleteRegistration(deps, key);
    return { kind: 'taken' };
  }
  await updateRegistration(deps, key, { kind: 'opened', ...(interaction && { interaction }) });
  return { kind: 'opened' };
}

/** The newcomer's phone is proven by the code: the step before this one. */
async function claim(deps: FinishDeps, newcomer: Sealed<Personal>): Promise<ClaimPhoneOutcome> {
  const { nationalId, phone: text } = newcomer.reveal();
  const [claimant, phone] = [parseNationalId(nationalId), parsePhoneNumber(text ?? '')];
  if (!claimant || !phone) return { kind: 'free' };
  return claimPhone(deps, { claimant, phone, isProven: true, actor: 'registration' });
}

async function open(
  deps: FinishDeps,
  key: RegistrationKey,
  counted: OpenRegistration['counted'],
  newcomer: Sealed<Personal>,
  chosen: ChosenPassword,
): Promise<'opened' | 'taken'> {
  const decision = nextStage('none', 'register', ['phone_proven']);
  if (decision.kind !== 'moves') throw new Error('the lifecycle table has no row for registering');
  const at = deps.clock.now();
  return inTransaction(deps.db, async (sql) => {
    const opened = await openAccount(
      deps,
      sql,
      { kind: kindOf(newcomer.reveal()), stage: decision.to, personal: newcomer.reveal() },
      at,
    );
    if (opened.kind === 'taken') {
      await record(sql, registrationTaken(counted), at);
      return 'taken';
    }
    await setPassword(deps, sql, opened.subject, chosen);
    await record(sql, registrationCompleted(opened.subject, key), at);
    return 'opened';
  });
}

/** Whether the account that the number has now was opened by this very registration. */
async function openedBy(deps: FinishDeps, key: RegistrationKey, newcomer: Sealed<Personal>): Promise<boolean> {
  const nationalId = parseNationalId(newcomer.reveal().nationalId);
  const account = nationalId && (await findAccountByNationalId(deps, nationalId));
  if (!account) return false;
  const events = await listAccountEvents(deps, account.subject, { kinds: ['registration.completed'], limit: 1 });
  return events.some(({ data }) => data['transaction'] === key);
}
