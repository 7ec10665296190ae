import { record } from '../audit/record.ts';
import type { Delivery } from '../delivery/message.ts';
import type { Texts, TextValues } from '../http/texts.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Sql } from '../storage/postgres.ts';
import { selectFacts } from './account.store.ts';
import { mayUseAccount } from './account-access.policy.ts';
import type { FactorNews } from './account-jobs.ts';
import { languageOf, type AccountFacts } from './account.ts';
import { holderTold } from './events.ts';
import { findReached, givenNameOf } from './find-reached.ts';
import { makeLockLink } from './lock-links/make-lock-link.ts';
import { LOCK_GROUNDS, mayBeSeveral, type LockGround } from './lock-ground.policy.ts';

export interface TellHolderDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly texts: Texts;
  readonly issuer: string;
}

/**
 * Tells the holder at once that the account was locked and why (Law 26/2023 art. 34(3)): neither code nor link in it. Not
 * if the ground has ended by now. Throws when no gateway took it, so that the job is tried again.
 */
export async function tellOfLock(deps: TellHolderDeps, subject: SubjectId, ground: LockGround): Promise<void> {
  const facts = await findToTell(deps, subject);
  if (!facts?.grounds.includes(ground)) return;
  const say = wordsFor(deps, facts);
  await tell(deps, facts, say('account_locked', { reason: say(`lock_reason.${ground}`) }));
}

/**
 * Tells the holder that a ground of lock ended: either that the account is open, or that it stays locked. Not if the same
 * ground was placed anew by now; where there can be several of it, that others are left. Throws as tellOfLock does.
 */
export async function tellOfUnlock(deps: TellHolderDeps, subject: SubjectId, ground: LockGround): Promise<void> {
  const facts = await findToTell(deps, subject);
  if (!facts) return;
  const say = wordsFor(deps, facts);
  if (facts.grounds.length === 0) return tell(deps, facts, say('account_unlocked'));
  if (!facts.grounds.includes(ground))
    return tell(deps, facts, say('lock_ended', { reason: say(`lock_reason.${ground}`) }));
  if (mayBeSeveral(ground)) await tell(deps, facts, say('lock_ended_of_several'));
}

/** Tells the holder that an authority asked for a lock or its end and was refused. Throws as tellOfLock does. */
export async function tellOfRefusal(deps: TellHolderDeps, subject: SubjectId): Promise<void> {
  const facts = await findToTell(deps, subject);
  if (facts) await tell(deps, facts, wordsFor(deps, facts)('request_refused'));
}

/** Tells the holder that a way to sign in was added, removed or changed. Throws as tellOfLock does. */
export async function tellOfFactor(deps: TellHolderDeps, subject: SubjectId, what: FactorNews): Promise<void> {
  const facts = await findToTell(deps, subject);
  if (facts) await tell(deps, facts, wordsFor(deps, facts)(`factor.${what}`));
}

/** Tells who had the account's phone before that it went to its true owner; by mail, since the phone is not theirs. */
export async function tellOfPhone(deps: TellHolderDeps, subject: SubjectId): Promise<void> {
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  if (facts) await tell(deps, facts, wordsFor(deps, facts)('phone_claimed'));
}

/** The texts of messages in the holder's language. */
const wordsFor = (deps: TellHolderDeps, facts: AccountFacts) => (key: string, values?: TextValues) =>
  deps.texts(languageOf(facts), `message.${key}`, values);

/** The account, unless nobody is to be told of it any more: not of a death, and of nothing that comes to light after it. */
async function findToTell(deps: TellHolderDeps, subject: SubjectId): Promise<AccountFacts | undefined> {
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  // Of an organisation its representatives are told (organisations/tell-representatives.ts).
  if (facts?.kind === 'organisation') return undefined;
  return facts?.grounds.every((ground) => LOCK_GROUNDS[ground].notifiesHolder) ? facts : undefined;
}

async function tell(deps: TellHolderDeps, facts: AccountFacts, notice: string): Promise<void> {
  const reached = await findReached(deps, facts);
  const { phone, email } = reached?.personal.reveal() ?? {};
  const to = phone ?? email;
  if (to === undefined) return;
  const isOwn = reached?.subject === facts.subject;
  const said = isOwn ? notice : wordsFor(deps, facts)('of_dependant', { name: givenNameOf(facts), text: notice });
  const channel = phone === undefined ? 'email' : 'sms';
  const outcome = await deps.delivery.send({
    channel,
    to: new Sealed(to),
    text: new Sealed(await withLockLink(deps, facts, said)),
    ...(channel === 'email' && { subject: wordsFor(deps, facts)('notice') }),
  });
  if (outcome.kind === 'failed') throw new Error(`a holder could not be told: ${outcome.reason}`);
  await record(deps.db, holderTold(facts.subject, channel), deps.clock.now());
}

/** A notice with the link that locks the account, where it is open: whoever did not do this can stop it. Never with a code. */
export async function withLockLink(deps: TellHolderDeps, facts: AccountFacts, notice: string): Promise<string> {
  if (mayUseAccount(facts).kind !== 'may_use') return notice;
  const url = (await makeLockLink(deps, facts.subject)).reveal();
  return `${notice} ${wordsFor(deps, facts)('lock_here', { url })}`;
}
