import { hasReached } from './age.policy.ts';
import type { SubjectKind } from './subject-kind.ts';

interface Entitlement {
  readonly kind: Exclude<SubjectKind, 'organisation'>;
  /** Whole years; the row with the highest age that the person has reached holds. */
  readonly fromAge: number;
  /** Who asks for the account: the person, or the guardian from an own account of level 02 (art. 10). */
  readonly askedBy: 'holder' | 'guardian';
  readonly level01: 'open' | 'on_request';
  readonly level02: 'open' | 'on_request' | 'never';
  readonly source: string;
}

/** From this age a person deals with the account alone. */
const OWN_AFFAIRS = 14;

/** Which person may have which level (Decree 69/2024 art. 7, 10). An organisation has one account and no level. */
export const ENTITLEMENTS = [
  {
    kind: 'citizen',
    fromAge: OWN_AFFAIRS,
    askedBy: 'holder',
    level01: 'open',
    level02: 'open',
    source: 'Decree 69/2024 art. 7: citizen of 14 or over with a valid card',
  },
  {
    kind: 'citizen',
    fromAge: 6,
    askedBy: 'guardian',
    level01: 'on_request',
    level02: 'on_request',
    source: 'Decree 69/2024 art. 7: citizen from 6 to under 14 with a card',
  },
  {
    kind: 'citizen',
    fromAge: 0,
    askedBy: 'guardian',
    level01: 'on_request',
    level02: 'never',
    source: 'Decree 69/2024 art. 7: citizen under 6 with a card',
  },
  {
    kind: 'foreigner',
    fromAge: OWN_AFFAIRS,
    askedBy: 'holder',
    level01: 'open',
    level02: 'on_request',
    source: 'Decree 69/2024 art. 7: foreigner of 6 or over with a residence card',
  },
  {
    kind: 'foreigner',
    fromAge: 6,
    askedBy: 'guardian',
    level01: 'open',
    level02: 'on_request',
    source: 'Decree 69/2024 art. 7, 10: foreigner of 6 or over; under 14 the guardian asks',
  },
  {
    kind: 'foreigner',
    fromAge: 0,
    askedBy: 'guardian',
    level01: 'on_request',
    level02: 'never',
    source: 'Decree 69/2024 art. 7: foreigner under 6 with a residence card',
  },
] as const satisfies readonly Entitlement[];

/** What a person of this kind, born on this day (ISO 8601, or the year alone), may have on `today`. */
export function entitlementOf(kind: Entitlement['kind'], birthDate: string, today: Date): Entitlement {
  const rows: readonly Entitlement[] = ENTITLEMENTS.filter((row) => row.kind === kind);
  const row = rows.find(({ fromAge }) => hasReached(birthDate, fromAge, today)) ?? rows.at(-1);
  if (!row) throw new Error('no row for this kind of person');
  return row;
}

/** Whether somebody may deal with an own account (Decree 69/2024 art. 7, 10). */
export const isOldEnough = (birthDate: string, today: Date): boolean => hasReached(birthDate, OWN_AFFAIRS, today);

/** Who has papers of stay is a foreigner; an organisation's data is no person's. */
export const kindOf = ({ stay }: { readonly stay?: object }): Exclude<SubjectKind, 'organisation'> =>
  stay ? 'foreigner' : 'citizen';
