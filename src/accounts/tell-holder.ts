import { record } from '../audit/record.ts';
import type { Delivery } from '../delivery/message.ts';
import type { Texts } from '../http/texts.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectFacts } from './account.store.ts';
import type { AccountFacts } from './account.ts';
import { holderTold } from './events.ts';
import type { LockGround } from './lock-ground.policy.ts';

export interface TellHolderDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly texts: Texts;
}

/**
 * Tells the holder at once that the account was locked and why (Law 26/2023 art. 34(3)): neither code nor link in it. Not
 * if the ground has ended by now. Throws when no gateway took it, so that the job is tried again.
 */
export async function tellOfLock(deps: TellHolderDeps, subject: SubjectId, ground: LockGround): Promise<void> {
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  if (!facts?.grounds.includes(ground)) return;
  const reason = deps.texts('vi', `message.lock_reason.${ground}`);
  await tell(deps, facts, deps.texts('vi', 'message.account_locked', { reason }));
}

/** Tells who had the account's phone before that it went to its true owner; by mail, since the phone is not theirs. */
export async function tellOfPhone(deps: TellHolderDeps, subject: SubjectId): Promise<void> {
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  if (facts) await tell(deps, facts, deps.texts('vi', 'message.phone_claimed'));
}

async function tell(deps: TellHolderDeps, facts: AccountFacts, words: string): Promise<void> {
  const { phone, email } = facts.personal.reveal();
  const to = phone ?? email;
  if (to === undefined) return;
  const channel = phone === undefined ? 'email' : 'sms';
  const text = new Sealed(words);
  const outcome = await deps.delivery.send({
    channel,
    to: new Sealed(to),
    text,
    ...(channel === 'email' && { subject: deps.texts('vi', 'message.notice') }),
  });
  if (outcome.kind === 'failed') throw new Error(`a holder could not be told: ${outcome.reason}`);
  await record(deps.db, holderTold(facts.subject, channel), deps.clock.now());
}
