import type { NationalId } from '../../registry/national-id.ts';
import type { Person } from '../../registry/population-registry.ts';
import { keyedHash, keyedHashes } from '../../storage/keyed-hash.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { AccountFacts } from '../account.ts';
import { guardianshipOf } from '../guardianship.policy.ts';
import { mayRequestFor, type RequestDecision, type RequestFacts } from './dependant-request.policy.ts';

const PURPOSE = 'in-care';

/** What the requests of this guardian are decided from. */
export const guardianStanding = (guardian: AccountFacts, now: Date): RequestFacts['guardian'] => ({
  level: guardian.level,
  hasPhone: guardian.personal.reveal().phone !== undefined,
  isDependant: guardianshipOf(guardian, now) !== undefined,
});

/** Whether an account may be asked for, from the register's record and the account there is. */
export function decideRequest(
  guardian: AccountFacts,
  person: Person,
  account: AccountFacts | undefined,
  now: Date,
): RequestDecision {
  const { birthDate, ward, deceasedOn, card, stay } = person;
  return mayRequestFor(
    {
      guardian: guardianStanding(guardian, now),
      isOnRecord: person.guardian?.reveal() === guardian.personal.reveal().nationalId,
      person: {
        birthDate,
        ...(ward !== undefined && { ward }),
        deceased: deceasedOn !== undefined,
        cardStatus: card.status,
        ...(stay && { stay }),
      },
      hasAccount: account !== undefined,
    },
    now,
  );
}

/** Names one person in one guardian's addresses: nobody can make it up, and it says nothing to anybody else. */
export const careRefOf = (keyring: Keyring, guardian: AccountFacts, nationalId: NationalId): string =>
  keyedHash(keyring, PURPOSE, `${guardian.subject} ${nationalId.reveal()}`).hash.toString('base64url');

/** Whether `ref` is this person's, also when it was made with an older key. */
export const isCareRef = (keyring: Keyring, guardian: AccountFacts, nationalId: NationalId, ref: string): boolean =>
  keyedHashes(keyring, PURPOSE, `${guardian.subject} ${nationalId.reveal()}`).some(
    ({ hash }) => hash.toString('base64url') === ref,
  );
