import type { AccountLevel } from '../../assurance/assurance-level.ts';
import { dayInHanoi } from '../../kernel/day.ts';
import type { Stay } from '../../registry/population-registry.ts';
import { entitlementOf, isOldEnough, kindOf } from '../entitlement.policy.ts';
import { isWard } from '../guardianship.policy.ts';
import { lapsedPapers } from '../stay.policy.ts';

/** Why a guardian cannot ask for an account for somebody now, each with its rule. */
export const REQUEST_REFUSALS = {
  own_level_too_low: "Decree 69/2024 art. 10: asked for from the guardian's own level-02 account",
  own_phone_missing: "Decree 69/2024 art. 10: with the guardian's own mobile number",
  guardian_under_guardian: 'Civil Code 91/2015 art. 49: a guardian has full capacity',
  not_in_care: 'Decree 69/2024 art. 10: the guardian whom the population register names',
  dead: 'Law 26/2023 art. 34(1)(d): no account lives after its holder',
  of_age: 'Decree 69/2024 art. 7(1): from 14 on everybody registers on their own',
  card_expired: 'Decree 69/2024 art. 7(1): a valid card',
  card_withdrawn: 'Law 26/2023 art. 34(1)(c): the card was withdrawn',
  card_held: 'Law 26/2023 art. 34(1)(c): the card is held by an authority',
  no_card: 'Decree 69/2024 art. 7(1): a valid card',
  passport_expired: 'Decree 69/2024 art. 7, 15: a foreigner with a valid passport or travel document',
  residence_ended: 'Decree 69/2024 art. 7, 15: a foreigner with a valid residence card',
  has_account: 'Law 26/2023 art. 31: one electronic identity for one citizen',
} as const;
export type RequestRefusal = keyof typeof REQUEST_REFUSALS;

/** All that the decision is made from, as it is at this moment. */
export interface RequestFacts {
  readonly guardian: {
    readonly level: AccountLevel | undefined;
    readonly hasPhone: boolean;
    /** Somebody must confirm what this person does. */
    readonly isDependant: boolean;
  };
  /** Whether the register names this guardian for this person now. */
  readonly isOnRecord: boolean;
  readonly person: {
    /** ISO 8601, or the year alone. */
    readonly birthDate: string;
    readonly ward?: boolean;
    readonly deceased: boolean;
    readonly cardStatus: 'valid' | 'expired' | 'withdrawn' | 'held' | 'none';
    /** Of a foreigner, who has no identity card. */
    readonly stay?: Stay;
  };
  readonly hasAccount: boolean;
}

export type RequestDecision =
  /** `level02`: afterwards at a counter together with the guardian, or not before the sixth birthday. */
  | { readonly kind: 'eligible'; readonly level02: 'at_counter' | 'not_yet' }
  | { readonly kind: 'refused'; readonly reasons: readonly RequestRefusal[] };

const BY_CARD = {
  valid: undefined,
  expired: 'card_expired',
  withdrawn: 'card_withdrawn',
  held: 'card_held',
  none: 'no_card',
} as const satisfies Record<RequestFacts['person']['cardStatus'], RequestRefusal | undefined>;

/**
 * Whether a guardian may ask for an account of level 01 for this person: under 14 or a ward, in care by the register. Of
 * somebody who is not in care nothing else is said.
 */
export function mayRequestFor(facts: RequestFacts, now: Date): RequestDecision {
  const own = againstGuardian(facts.guardian);
  if (!facts.isOnRecord) return { kind: 'refused', reasons: [...own, 'not_in_care'] };
  const reasons = [...own, ...againstPerson(facts, now)];
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const { level02 } = entitlementOf(kindOf(facts.person), facts.person.birthDate, now);
  return { kind: 'eligible', level02: level02 === 'never' ? 'not_yet' : 'at_counter' };
}

function againstGuardian({ level, hasPhone, isDependant }: RequestFacts['guardian']): RequestRefusal[] {
  return [
    ...(isDependant ? (['guardian_under_guardian'] as const) : []),
    ...(level === '02' ? [] : (['own_level_too_low'] as const)),
    ...(hasPhone ? [] : (['own_phone_missing'] as const)),
  ];
}

function againstPerson({ person, hasAccount }: RequestFacts, now: Date): RequestRefusal[] {
  if (person.deceased) return ['dead'];
  // Whether a person of 14 has an account is theirs to tell.
  if (!needsGuardian(person, now)) return ['of_age'];
  if (hasAccount) return ['has_account'];
  if (person.stay) return lapsedPapers(person.stay, dayInHanoi(now));
  const card = BY_CARD[person.cardStatus];
  return card ? [card] : [];
}

/** Under 14, or a ward of any age. */
export const needsGuardian = (person: { readonly birthDate: string; readonly ward?: boolean }, now: Date): boolean =>
  !isOldEnough(person.birthDate, now) || isWard(person, now);
