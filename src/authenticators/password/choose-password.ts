import type { Brand } from '../../kernel/brand.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import type { Keyring } from '../../storage/keyring.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import type { Busy, HashQueue } from './hash-queue.ts';
import { hashPassword, type PasswordHash } from './password-hash.ts';
import { judgePassword, type PasswordRefusal } from './password.policy.ts';

/** The hash of a password that the policy let pass; made by choosePassword alone. */
export type ChosenPassword = Brand<PasswordHash, 'ChosenPassword'>;

export type ChooseOutcome =
  | { readonly kind: 'chosen'; readonly chosen: ChosenPassword }
  | { readonly kind: 'refused'; readonly reason: PasswordRefusal }
  | Busy;

/**
 * Judges a new password and hashes it. `ownWords`: what is known of the person (number, phone, full name, birth date), as
 * it stands; the policy derives the variants. Call it before the transaction that `setPassword` writes in.
 */
export async function choosePassword(
  deps: { readonly keyring: Pick<Keyring, 'peppers'>; readonly hashQueue: HashQueue },
  password: Sealed<string>,
  ownWords: readonly string[],
): Promise<ChooseOutcome> {
  const verdict = judgePassword(password.reveal(), ownWords, COMMON_PASSWORDS);
  if (verdict.kind === 'refused') return verdict;
  return deps.hashQueue.admit(async (lane) => ({
    kind: 'chosen',
    chosen: (await lane(() => hashPassword(deps.keyring, password))) as ChosenPassword,
  }));
}
