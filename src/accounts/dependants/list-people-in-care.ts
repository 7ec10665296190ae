import type { Clock } from '../../kernel/clock.ts';
import { parseNationalId, type NationalId } from '../../registry/national-id.ts';
import type { Person, PopulationRegistry } from '../../registry/population-registry.ts';
import type { AccountFacts } from '../account.ts';
import { findAccount, findAccountByNationalId, type FindAccountDeps } from '../find-account.ts';
import { findInvitation } from '../find-invitation.ts';
import { selectDependants } from '../guardian.store.ts';
import { guardianshipOf } from '../guardianship.policy.ts';
import { hasLapsed, type Invitation } from '../invitation.ts';
import type { RequestDecision } from './dependant-request.policy.ts';
import { careRefOf, decideRequest, isCareRef } from './person-in-care.ts';

export interface CareDeps extends FindAccountDeps {
  readonly clock: Clock;
  readonly registry: Pick<PopulationRegistry, 'findDependants'>;
}

export interface PersonInCare {
  /** For the guardian's own addresses. */
  readonly ref: string;
  readonly nationalId: NationalId;
  readonly fullName: string;
  /** ISO 8601, or the year alone. */
  readonly birthDate: string;
  /** Whether an account may be asked for; absent while the register does not answer. */
  readonly request?: RequestDecision;
  /** The account, where the guardian's word is needed for it; that of a person of age is nobody else's to see. */
  readonly account?: {
    readonly facts: AccountFacts;
    /** This guardian confirms its sign-ins; else nobody does, or another on an older record. */
    readonly isInCharge: boolean;
    readonly invitation?: Invitation;
    readonly hasLapsed: boolean;
  };
}

/** `fromRegister`: as it is now; else, while it does not answer, those whose accounts this guardian is in charge of. */
export interface PeopleInCare {
  readonly fromRegister: boolean;
  readonly people: readonly PersonInCare[];
}

/** Whom the register names this person the guardian of today, with the accounts they have. The guardian alone is told. */
export async function listPeopleInCare(deps: CareDeps, guardian: AccountFacts): Promise<PeopleInCare> {
  const nationalId = parseNationalId(guardian.personal.reveal().nationalId);
  if (!nationalId) throw new Error('an account keeps a number that is none');
  const answer = await deps.registry.findDependants(nationalId);
  if (answer.kind === 'found') {
    const people = await Promise.all(answer.value.map((person) => ofRegister(deps, guardian, person)));
    return { fromRegister: true, people: people.toSorted(byAge) };
  }
  const subjects = await selectDependants(deps.db, guardian.subject);
  const accounts = await Promise.all(subjects.map((subject) => findAccount(deps, subject)));
  const people = await Promise.all(accounts.flatMap((one) => (one ? [ofAccount(deps, guardian, one)] : [])));
  return { fromRegister: false, people: people.filter(({ account }) => account).toSorted(byAge) };
}

/** One of them by the reference in an address; undefined for everybody else, who all look alike. */
export async function findPersonInCare(
  deps: CareDeps,
  guardian: AccountFacts,
  ref: string,
): Promise<PersonInCare | undefined> {
  const { people } = await listPeopleInCare(deps, guardian);
  return people.find(({ nationalId }) => isCareRef(deps.keyring, guardian, nationalId, ref));
}

const byAge = (a: PersonInCare, b: PersonInCare): number => (a.birthDate < b.birthDate ? -1 : 1);

async function ofRegister(deps: CareDeps, guardian: AccountFacts, person: Person): Promise<PersonInCare> {
  const { nationalId, fullName, birthDate } = person;
  const facts = await findAccountByNationalId(deps, nationalId);
  const request = decideRequest(guardian, person, facts, deps.clock.now());
  const ref = careRefOf(deps.keyring, guardian, nationalId);
  return { ref, nationalId, fullName, birthDate, request, ...(facts && (await withAccount(deps, guardian, facts))) };
}

async function ofAccount(deps: CareDeps, guardian: AccountFacts, facts: AccountFacts): Promise<PersonInCare> {
  const { nationalId: number, fullName, birthDate } = facts.personal.reveal();
  const nationalId = parseNationalId(number);
  if (!nationalId) throw new Error('an account keeps a number that is none');
  const ref = careRefOf(deps.keyring, guardian, nationalId);
  return { ref, nationalId, fullName, birthDate, ...(await withAccount(deps, guardian, facts)) };
}

async function withAccount(
  deps: CareDeps,
  guardian: AccountFacts,
  facts: AccountFacts,
): Promise<Pick<PersonInCare, 'account'>> {
  const now = deps.clock.now();
  const guardianship = guardianshipOf(facts, now);
  if (!guardianship) return {};
  const isInCharge = guardianship.kind === 'in_charge' && guardianship.guardian === guardian.subject;
  const invitation = isInCharge ? await findInvitation(deps, facts.subject) : undefined;
  const lapsed = facts.state === 'activation_overdue' || (invitation !== undefined && hasLapsed(invitation, now));
  return { account: { facts, isInCharge, hasLapsed: lapsed, ...(invitation && { invitation }) } };
}
