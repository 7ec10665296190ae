import type { OrganisationRecord } from '../accounts/organisations/organisation-record.ts';
import type { SubjectId } from '../kernel/ids.ts';
import type { Sealed } from '../kernel/sealed.ts';
import type { AccountFacts } from '../accounts/account.ts';
import type { Portal } from './portal.ts';

/** For whom a person answers at one portal in one session: themselves, or the organisation with this subject. */
export type ActingFor = 'self' | SubjectId;

/** An active, unlocked organisation that the person represents by law now. */
export interface Represented {
  readonly subject: SubjectId;
  readonly record: Sealed<OrganisationRecord>;
  /** Epoch seconds: nothing issued before counts, since the person did not represent it or it was locked. */
  readonly sinceSeconds: number;
}

/** What it is decided from: part of AccessFacts. */
interface ActingFacts {
  readonly account: Pick<AccountFacts, 'level'> | undefined;
  readonly portal: Pick<Portal, 'claims'> | undefined;
  readonly organisations?: readonly Represented[];
}

/** The organisations the person may answer for at this portal: agreed with the portal, account of level 02. */
export function mayActFor({ account, portal, organisations = [] }: ActingFacts): readonly Represented[] {
  const isAgreed = portal?.claims.some(({ name }) => name === 'organisation') === true;
  return isAgreed && account?.level === '02' ? organisations : [];
}

/** The organisation that an answer speaks for; undefined when it no longer may, or speaks for the person. */
export const actsFor = (facts: ActingFacts, actingFor: ActingFor | undefined, atSeconds: number) =>
  mayActFor(facts).find(({ subject, sinceSeconds }) => subject === actingFor && atSeconds >= sinceSeconds);

/** What was chosen earlier in the session at this portal, and when (epoch seconds). */
export interface HeldChoice {
  readonly actingFor: ActingFor;
  readonly atSeconds: number;
}

export type ActingDecision =
  | { readonly kind: 'decided'; readonly actingFor: ActingFor }
  /** There is nobody to act for but oneself, and nobody was. */
  | { readonly kind: 'nothing_to_choose' }
  /** `lost`: the organisation chosen earlier is not the person's to act for any more; never silently the person instead. */
  | { readonly kind: 'undecided'; readonly lost: boolean };

/** For whom the answer to a request is that asks for it. `given`: what the person has just chosen. */
export function actingDecision(
  facts: ActingFacts,
  given: ActingFor | undefined,
  held: HeldChoice | undefined,
): ActingDecision {
  const candidates = mayActFor(facts);
  const chosen = given ?? (held && stillStands(facts, held) ? held.actingFor : undefined);
  if (chosen === 'self' || candidates.some(({ subject }) => subject === chosen))
    return { kind: 'decided', actingFor: chosen as ActingFor };
  const lost = held !== undefined && held.actingFor !== 'self';
  return candidates.length > 0 || lost ? { kind: 'undecided', lost } : { kind: 'nothing_to_choose' };
}

const stillStands = (facts: ActingFacts, { actingFor, atSeconds }: HeldChoice): boolean =>
  actingFor === 'self' || actsFor(facts, actingFor, atSeconds) !== undefined;
