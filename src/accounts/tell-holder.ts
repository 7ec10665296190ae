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
import { makeLockLink } from './lock-links/make-lock-link.ts';
import { LOCK_GROUNDS, type LockGround } from './lock-ground.policy.ts';

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
  const reason = deps.texts('vi', `message.lock_reason.${ground}`);
  await tell(deps, facts, deps.texts('vi', 'message.account_locked', { reason }));
}

/**
 * Tells the holder that a ground of lock ended: either that the account is open, with a link that can lock it again, or that
 * it stays locked. Not if the same ground was placed anew by now. Throws as tellOfLock does.
 */
export async function tellOfUnlock(deps: TellHolderDeps, subject: SubjectId, ground: LockGround): Promise<void> {
  const facts = await findToTell(deps, subject);
  if (!facts || facts.grounds.includes(ground)) return;
  if (facts.grounds.length === 0)
    return tell(deps, facts, deps.texts('vi', 'message.account_unlocked'), { link: true });
  const reason = deps.texts('vi', `message.lock_reason.${ground}`);
  await tell(deps, facts, deps.texts('vi', 'message.lock_ended', { reason }));
}

/** Tells the holder that an authority asked for a lock or its end and was refused. Throws as tellOfLock does. */
export async function tellOfRefusal(deps: TellHolderDeps, subject: SubjectId): Promise<void> {
  const facts = await findToTell(deps, subject);
  if (facts) await tell(deps, facts, deps.texts('vi', 'message.request_refused'));
}

/** Tells who had the account's phone before that it went to its true owner; by mail, since the phone is not theirs. */
export async function tellOfPhone(deps: TellHolderDeps, subject: SubjectId): Promise<void> {
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  if (facts) await tell(deps, facts, deps.texts('vi', 'message.phone_claimed'));
}

/** The account, unless nobody is to be told of it any more: not of a death, and of nothing that comes to light after it. */
async function findToTell(deps: TellHolderDeps, subject: SubjectId): Promise<AccountFacts | undefined> {
  const facts = await selectFacts(deps.db, deps.keyring, subject);
  return facts?.grounds.every((ground) => LOCK_GROUNDS[ground].notifiesHolder) ? facts : undefined;
}

async function tell(
  deps: TellHolderDeps,
  facts: AccountFacts,
  said: string,
  { link = false }: { readonly link?: boolean } = {},
): Promise<void> {
  const { phone, email } = facts.personal.reveal();
  const to = phone ?? email;
  if (to === undefined) return;
  const channel = phone === undefined ? 'email' : 'sms';
  const outcome = await deps.delivery.send({
    channel,
    to: new Sealed(to),
    text: new Sealed(link ? `${said} ${await lockHere(deps, facts.subject)}` : said),
    ...(channel === 'email' && { subject: deps.texts('vi', 'message.notice') }),
  });
  if (outcome.kind === 'failed') throw new Error(`a holder could not be told: ${outcome.reason}`);
  await record(deps.db, holderTold(facts.subject, channel), deps.clock.now());
}

const lockHere = async (deps: TellHolderDeps, subject: SubjectId): Promise<string> =>
  deps.texts('vi', 'message.lock_here', { url: (await makeLockLink(deps, subject)).reveal() });
