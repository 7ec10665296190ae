import { mayUseAccount } from '../accounts/account-access.policy.ts';
import { identifierKeyOf } from '../accounts/account-identifier.ts';
import type { AccountFacts } from '../accounts/account.ts';
import { guardianshipOf } from '../accounts/guardianship.policy.ts';
import { maskNationalId, parseNationalId, type NationalId } from '../registry/national-id.ts';
import { maskPhoneNumber, parsePhoneNumber } from '../registry/phone-number.ts';
import type { Keyring } from '../storage/keyring.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Claimed } from './sign-in.ts';

export interface ClaimDeps {
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/** The facts of a claim: a number typed, and the account it turned out to belong to, if any. */
export function claimedBy(
  { keyring, clock }: ClaimDeps,
  nationalId: NationalId,
  facts: AccountFacts | undefined,
): Claimed {
  const claimed = { key: identifierKeyOf(keyring, nationalId), maskedNationalId: maskNationalId(nationalId) };
  if (!facts) return claimed;
  const guardianship = guardianshipOf(facts, clock.now());
  const phone = parsePhoneNumber(facts.personal.reveal().phone ?? '');
  return {
    ...claimed,
    account: {
      subject: facts.subject,
      use: mayUseAccount(facts),
      ...(phone && { maskedPhone: maskPhoneNumber(phone) }),
      ...(guardianship && { guardianship }),
    },
  };
}

/** The same for an account that a passkey or a session has pointed to. */
export function claimedByAccount(deps: ClaimDeps, facts: AccountFacts): Claimed {
  const nationalId = parseNationalId(facts.personal.reveal().nationalId);
  if (!nationalId) throw new Error('an account holds a malformed personal ID number');
  return claimedBy(deps, nationalId, facts);
}
