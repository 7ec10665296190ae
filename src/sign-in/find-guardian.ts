import { identifierKeyOf } from '../accounts/account-identifier.ts';
import { findAccount, type FindAccountDeps } from '../accounts/find-account.ts';
import type { Claimant } from '../authenticators/claimant.ts';
import type { SubjectId } from '../kernel/ids.ts';
import { Sealed } from '../kernel/sealed.ts';
import { parseNationalId } from '../registry/national-id.ts';
import { parsePhoneNumber, type PhoneNumber } from '../registry/phone-number.ts';
import type { Visit } from './visit.ts';

/** What a confirmation is asked with. */
export interface Guardian {
  readonly who: Claimant & { readonly subject: SubjectId };
  readonly name: Sealed<string>;
  readonly phone: PhoneNumber | undefined;
}

/** The guardian's own account: codes go to the phone on it, never to one that the dependant's account names. */
export async function findGuardian(deps: FindAccountDeps, subject: SubjectId): Promise<Guardian> {
  const facts = await findAccount(deps, subject);
  const personal = facts?.personal.reveal();
  const nationalId = parseNationalId(personal?.nationalId ?? '');
  if (!personal || !nationalId) throw new Error('the account of a guardian in charge is gone or malformed');
  return {
    who: { key: identifierKeyOf(deps.keyring, nationalId), subject },
    name: new Sealed(personal.fullName),
    phone: parsePhoneNumber(personal.phone ?? ''),
  };
}

/** Codes and challenges of a confirmation live beside those of the sign-in itself: neither is good for the other. */
export const confirmationOf = (visit: Visit): string => `guardian:${visit.interaction.id}`;
