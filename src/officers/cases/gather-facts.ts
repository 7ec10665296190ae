import type { AccountFacts } from '../../accounts/account.ts';
import type { EnrolmentFacts } from '../../accounts/enrolment-eligibility.policy.ts';
import { findAccountByNationalId, findAccountByPhone } from '../../accounts/find-account.ts';
import { findInvitation } from '../../accounts/find-invitation.ts';
import { isWard } from '../../accounts/guardianship.policy.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { NationalId } from '../../registry/national-id.ts';
import type { PhoneNumber } from '../../registry/phone-number.ts';
import type { Person, PopulationRegistry } from '../../registry/population-registry.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { hasOpenCase } from './enrolment-case.store.ts';
import type { CaseId } from './enrolment-case.ts';
import { gatherGuardian, type GuardianAlong } from './guardian-along.ts';

export interface GatherDeps {
  readonly db: Sql;
  readonly keyring: Keyring;
  readonly registry: PopulationRegistry;
  readonly clock: Clock;
}

export type Gathered =
  | {
      readonly kind: 'found';
      readonly person: Person;
      readonly account: AccountFacts | undefined;
      readonly facts: EnrolmentFacts;
      /** The guardian who was named and can confirm. */
      readonly along?: GuardianAlong;
    }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unavailable' };

/** What else is known at the counter. */
export interface Given {
  readonly phone?: PhoneNumber | undefined;
  readonly guardian?: NationalId | 'to_be_named' | undefined;
  /** The case being decided. */
  readonly except?: CaseId;
}

/** Everything that the decision about a person's level 02 is made from, as it is now. */
export async function gatherFacts(
  deps: GatherDeps,
  nationalId: NationalId,
  { phone, guardian, except }: Given = {},
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
  const now = deps.clock.now();
  const named = guardian && guardian !== 'to_be_named' ? await gatherGuardian(deps, person, guardian, now) : undefined;
  const invitation = account && (await findInvitation(deps, account.subject));
  const facts: EnrolmentFacts = {
    birthDate: person.birthDate,
    ward: person.guardian !== undefined && isWard(person, now),
    ...(guardian && { guardian: named?.facts ?? 'to_be_named' }),
    deceased: person.deceasedOn !== undefined,
    cardStatus: person.card.status,
    ...(person.stay && { stay: person.stay }),
    caseOpen,
    ...(account && {
      account: {
        state: account.state,
        level: account.level,
        locked: account.grounds.length > 0,
        lockedByCardAlone: account.grounds.length > 0 && account.grounds.every((ground) => ground === 'card_expired'),
        phone: account.personal.reveal().phone,
        invited: invitation !== undefined,
      },
    }),
    ...(number !== undefined && {
      phone: { number, servesAnotherAccount: ofPhone !== undefined && ofPhone.subject !== account?.subject },
    }),
  };
  return { kind: 'found', person, account, facts, ...(named?.along && { along: named.along }) };
}
