import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import type { Claimant } from '../authenticators/claimant.ts';
import type { IdentifierKey, SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import { parsePhoneNumber, type PhoneNumber } from '../registry/phone-number.ts';
import { keyedHash } from '../storage/keyed-hash.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Visit } from './visit.ts';

/** What a confirmation is asked with. */
export interface Guardian {
  readonly who: Claimant & { readonly subject: SubjectId };
  readonly name: Sealed<string>;
  readonly phone: PhoneNumber | undefined;
}

/**
 * The guardian's own account: codes go to the phone on it, never to one that the dependant's account names. Tries and sends
 * are counted for this dependant and this guardian together: who knows a child's password must not be able to use up the
 * codes that the guardian signs in with, or confirms another child's sign-in with.
 */
export async function findGuardian(deps: FindAccountDeps, subject: SubjectId, dependant: SubjectId): Promise<Guardian> {
  const facts = await findAccount(deps, subject);
  const personal = facts?.personal.reveal();
  if (!personal) throw new Error('the account of a guardian in charge is gone');
  return {
    who: { key: pairKeyOf(deps.keyring, dependant, subject), subject },
    name: new Sealed(personal.fullName),
    phone: parsePhoneNumber(personal.phone ?? ''),
  };
}

const pairKeyOf = (keyring: Keyring, dependant: SubjectId, guardian: SubjectId): IdentifierKey =>
  keyedHash(keyring, 'attempts', `${dependant} ${guardian}`).hash.toString('base64url') as IdentifierKey;

/** Codes and challenges of a confirmation live beside those of the sign-in itself: neither is good for the other. */
export const confirmationOf = (visit: Visit): string => `guardian:${visit.interaction.id}`;
