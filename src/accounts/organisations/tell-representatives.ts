import type { SubjectId } from '../../kernel/ids.ts';
import { selectUntoldInvitation, updateInvitationTold } from '../invitation.store.ts';
import { expiryOf, hasLapsed } from '../invitation.ts';
import type { LockGround } from '../lock-ground.policy.ts';
import type { TellHolderDeps } from '../tell-holder.ts';
import { selectOrganisation } from './organisation.store.ts';
import { selectRepresentatives } from './representative.store.ts';
import { organisationsAddress, tellRepresentative, type Said } from './tell-representative.ts';

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
  await tellEach(deps, organisation, 'invited', { address: organisationsAddress(deps.issuer) });
  await updateInvitationTold(deps.db, invitation, at, expiryOf(at));
}

async function tellEach(
  deps: TellHolderDeps,
  organisation: SubjectId,
  said: Said,
  values: { readonly ground?: LockGround; readonly address?: string },
): Promise<void> {
  const facts = await selectOrganisation(deps.db, deps.keyring, organisation);
  if (!facts) return;
  for (const subject of await selectRepresentatives(deps.db, organisation))
    await tellRepresentative(deps, subject, facts.record.reveal(), said, values);
}
