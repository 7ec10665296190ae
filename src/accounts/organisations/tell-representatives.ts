import { record } from '../../audit/record.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { selectFacts } from '../account.store.ts';
import { languageOf } from '../account.ts';
import { holderTold } from '../events.ts';
import { selectUntoldInvitation, updateInvitationTold } from '../invitation.store.ts';
import { expiryOf, hasLapsed } from '../invitation.ts';
import type { LockGround } from '../lock-ground.policy.ts';
import type { TellHolderDeps } from '../tell-holder.ts';
import { selectOrganisation } from './organisation.store.ts';
import { selectRepresentatives } from './representative.store.ts';

/** Tells the representatives that the organisation's account was locked and why. Nothing for a person's account. */
export async function tellRepresentativesOfLock(
  deps: TellHolderDeps,
  organisation: SubjectId,
  ground: LockGround,
): Promise<void> {
  const facts = await selectOrganisation(deps.db, deps.keyring, organisation);
  if (facts?.grounds.includes(ground)) await tellEach(deps, organisation, 'locked', { ground });
}

/** And that a ground ended: either it is open again, or it stays locked. Not if the same ground was placed anew by now. */
export async function tellRepresentativesOfUnlock(
  deps: TellHolderDeps,
  organisation: SubjectId,
  ground: LockGround,
): Promise<void> {
  const facts = await selectOrganisation(deps.db, deps.keyring, organisation);
  if (facts?.grounds.length === 0) return tellEach(deps, organisation, 'unlocked', {});
  if (facts?.grounds.includes(ground) === false) await tellEach(deps, organisation, 'lock_ended', { ground });
}

/**
 * Tells the representatives, once, that the account was granted and where one of them activates it. The seven days count from
 * here (Decree 69/2024 art. 14(1)). Throws when no gateway took it, so that the job is tried again.
 */
export async function tellRepresentativesOfGrant(deps: TellHolderDeps, organisation: SubjectId): Promise<void> {
  const facts = await selectOrganisation(deps.db, deps.keyring, organisation);
  const invitation = facts && (await selectUntoldInvitation(deps.db, organisation));
  const at = deps.clock.now();
  if (!invitation || hasLapsed(invitation, at)) return;
  await tellEach(deps, organisation, 'invited', { address: `${new URL(deps.issuer).host}/account/organisations` });
  await updateInvitationTold(deps.db, invitation, at, expiryOf(at));
}

type Said = 'locked' | 'unlocked' | 'lock_ended' | 'invited';

/** In each one's language, with the name of the organisation; neither code nor link that does anything in it. */
async function tellEach(
  deps: TellHolderDeps,
  organisation: SubjectId,
  said: Said,
  { ground, ...values }: { ground?: LockGround; address?: string },
): Promise<void> {
  const facts = await selectOrganisation(deps.db, deps.keyring, organisation);
  if (!facts) return;
  const { name, shortName } = facts.record.reveal();
  for (const subject of await selectRepresentatives(deps.db, organisation)) {
    const person = await selectFacts(deps.db, deps.keyring, subject);
    const phone = person?.personal.reveal().phone;
    if (!person || phone === undefined || person.grounds.includes('death')) continue;
    const locale = languageOf(person);
    const reason = ground === undefined ? '' : deps.texts(locale, `message.lock_reason.${ground}`);
    const text = deps.texts(locale, `message.organisation.${said}`, { name: shortName ?? name, reason, ...values });
    const outcome = await deps.delivery.send({ channel: 'sms', to: new Sealed(phone), text: new Sealed(text) });
    if (outcome.kind === 'failed') throw new Error(`a representative could not be told: ${outcome.reason}`);
    await record(deps.db, holderTold(subject, 'sms'), deps.clock.now());
  }
}
