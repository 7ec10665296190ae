import { endLock } from '../../accounts/end-lock.ts';
import { findAccount } from '../../accounts/find-account.ts';
import { guardianshipOf } from '../../accounts/guardianship.policy.ts';
import { listOpenLocks } from '../../accounts/list-open-locks.ts';
import { listAuthenticators } from '../../authenticators/list-authenticators.ts';
import {
  verifyPasskeyAssertion,
  type PasskeyOutcome,
  type VerifyPasskeyDeps,
} from '../../authenticators/webauthn/verify-passkey-assertion.ts';
import type { SubjectId } from '../../kernel/ids.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { mayUnlockWith } from './self-unlock.policy.ts';

export type UnlockByPasskeyDeps = VerifyPasskeyDeps & { readonly keyring: Keyring };

export type UnlockByPasskeyOutcome =
  /** Nothing is locked any more. */
  | { readonly kind: 'opened' }
  /** Some ground is left that only the counter, the authority or the registry ends; which one is not told here. */
  | { readonly kind: 'still_locked' }
  | { readonly kind: 'not_locked' }
  | Exclude<PasskeyOutcome, { kind: 'verified' }>;

/**
 * Ends the lock that the holder asked for, once they prove themselves with a passkey of that very account; no session is
 * made, and no other ground is touched. Whoever is not the holder of an account of ours is `rejected`.
 */
export async function unlockByPasskey(
  deps: UnlockByPasskeyDeps,
  transaction: string,
  response: unknown,
): Promise<UnlockByPasskeyOutcome> {
  const verified = await verifyPasskeyAssertion(deps, transaction, response);
  if (verified.kind !== 'verified') return verified;
  const { subject } = verified;
  const account = await findAccount(deps, subject);
  if (account?.state !== 'active') return { kind: 'rejected' };
  const own = (await listOpenLocks(deps, subject)).find(({ ground }) => ground === 'self_request');
  if (!own) return { kind: account.grounds.length === 0 ? 'not_locked' : 'still_locked' };
  // A dependant's account is used and opened under the guardian's eyes (Decree 69/2024 art. 14(2)): on the guardian's pages.
  if (guardianshipOf(account, deps.clock.now())) return { kind: 'still_locked' };
  const enrolledAt = await enrolledAtOf(deps, subject, response);
  if (!enrolledAt || !mayUnlockWith({ enrolledAt }, own)) return { kind: 'still_locked' };
  const ended = await endLock(deps, subject, { ground: 'self_request', way: 'holder', actor: 'holder' });
  if (ended.kind === 'ended') return { kind: ended.isOpen ? 'opened' : 'still_locked' };
  return { kind: 'still_locked' };
}

/** The id was verified with the answer it stands in. */
async function enrolledAtOf(
  deps: UnlockByPasskeyDeps,
  subject: SubjectId,
  response: unknown,
): Promise<Date | undefined> {
  const { id } = response as { readonly id: string };
  const { passkeys } = await listAuthenticators(deps, subject);
  return passkeys.find(({ credentialId }) => credentialId === id)?.createdAt;
}
