import { mayRegister, type Eligibility, type RegistryFacts } from '../accounts/registration-eligibility.policy.ts';

/** All that is known when somebody asks to register. */
export interface RegistrationCase {
  /** The record that number and declared data match together; undefined for every kind of miss. */
  readonly record: RegistryFacts | undefined;
  /** E.164. */
  readonly typedPhone: string;
  /** The account that the number has already, with its phone. */
  readonly accountOfNumber: { readonly phone: string | undefined } | undefined;
}

type DecoyReason = 'no_match' | Extract<Eligibility, { kind: 'refused' }>['reason'];

export type RegistrationAnswer =
  | { readonly kind: 'send_code' }
  | { readonly kind: 'tell_holder_of_account' }
  | { readonly kind: 'decoy'; readonly reason: DecoyReason };

/**
 * What happens behind the one page that everybody sees. A code goes out only where person, data and phone on record agree
 * and there is no account; a message about an existing account goes only to a phone on record as its holder's. The reason
 * of a decoy is for the audit, never for the page.
 */
export function answerRegistration(facts: RegistrationCase, now: Date): RegistrationAnswer {
  const { record, typedPhone, accountOfNumber } = facts;
  if (!record) return { kind: 'decoy', reason: 'no_match' };
  if (record.deceased) return { kind: 'decoy', reason: 'deceased' };
  const isOnRecord = typedPhone === record.phoneOnRecord || typedPhone === accountOfNumber?.phone;
  if (accountOfNumber && isOnRecord) return { kind: 'tell_holder_of_account' };
  const eligibility = mayRegister(record, typedPhone, now);
  if (eligibility.kind === 'refused') return { kind: 'decoy', reason: eligibility.reason };
  // The phone may serve somebody else's account: its true owner gets the code, and then the phone (accounts/claim-phone.ts).
  return { kind: 'send_code' };
}
