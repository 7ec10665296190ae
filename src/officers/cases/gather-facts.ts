import type { AccountFacts } from '../../accounts/account.ts';
import type { EnrolmentFacts } from '../../accounts/enrolment-eligibility.policy.ts';
import { findAccountByNationalId, findAccountByPhone } from '../../accounts/find-account.ts';
import { findInvitation } from '../../accounts/find-invitation.ts';
import type { NationalId } from '../../registry/national-id.ts';
import type { PhoneNumber } from '../../registry/phone-number.ts';
import type { Person, PopulationRegistry } from '../../registry/population-registry.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { hasOpenCase } from './enrolment-case.store.ts';
import type { CaseId } from './enrolment-case.ts';

export interface GatherDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
  readonly registry: PopulationRegistry;
}

export type Gathered =
  | {
      readonly kind: 'found';
      readonly person: Person;
      readonly account: AccountFacts | undefined;
      readonly facts: EnrolmentFacts;
    }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unavailable' };

/** Everything that the decision about a citizen's level 02 is made from, as it is now. `except`: the case being decided. */
export async function gatherFacts(
  deps: GatherDeps,
  nationalId: NationalId,
  phone?: PhoneNumber,
  except?: CaseId,
): Promise<Gathered> {
  const number = phone?.reveal();
  const [found, account, ofPhone, caseOpen] = await Promise.all([
    deps.registry.findPerson(nationalId),
    findAccountByNationalId(deps, nationalId),
    phone && findAccountByPhone(deps, phone),
    hasOpenCase(deps.db, deps.keyring, { nationalId: nationalId.reveal(), phone: number, except }),
  ]);
  if (found.kind !== 'found') return found;
  const person = found.value;
  const invitation = account && (await findInvitation(deps, account.subject));
  const facts: EnrolmentFacts = {
    birthDate: person.birthDate,
    deceased: person.deceasedOn !== undefined,
    cardStatus: person.card.status,
    ...(person.stay && { stay: person.stay }),
    caseOpen,
    ...(account && {
      account: {
        state: account.state,
        level: account.level,
        locked: account.grounds.length > 0,
        phone: account.personal.reveal().phone,
        invited: invitation !== undefined,
      },
    }),
    ...(number !== undefined && {
      phone: { number, servesAnotherAccount: ofPhone !== undefined && ofPhone.subject !== account?.subject },
    }),
  };
  return { kind: 'found', person, account, facts };
}
