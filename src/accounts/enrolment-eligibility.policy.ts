import type { AccountState } from './account-lifecycle.policy.ts';
import { dayInHanoi } from '../kernel/day.ts';
import type { Stay } from '../registry/population-registry.ts';
import { entitlementOf, isOldEnough, kindOf } from './entitlement.policy.ts';
import { lapsedPapers } from './stay.policy.ts';

/** Why a person cannot be given level 02 at a counter now, each with its rule. */
export const ENROLMENT_REFUSALS = {
  dead: 'Law 26/2023 art. 34(1)(d): no account lives after its holder',
  under_age:
    'Decree 69/2024 art. 7, 10: under 14 the guardian asks, from an own level-02 account or together at the counter',
  guardian_not_on_record: 'Decree 69/2024 art. 10: together with the guardian whom the population register names',
  guardian_cannot_confirm:
    'Decree 69/2024 art. 14(2): each use needs the confirmation of a guardian, from an own level-02 account in use',
  guardian_not_needed: 'Decree 69/2024 art. 7: from 14 on everybody asks on their own',
  under_six: 'Decree 69/2024 art. 7: under 6 there is level 01 alone',
  card_expired: 'Decree 69/2024 art. 7, 10: a valid card; without one, together with the application for a new card',
  card_withdrawn: 'Law 26/2023 art. 34(1)(c): the card was withdrawn',
  card_held: 'Law 26/2023 art. 34(1)(c): the card is held by an authority',
  no_card: 'Decree 69/2024 art. 7, 10: a valid card; without one, together with the application for a new card',
  card_not_seen: 'Decree 69/2024 art. 10: the card is good, so it is shown at the counter',
  passport_expired: 'Decree 69/2024 art. 7, 15: a foreigner with a valid passport or travel document',
  residence_ended: 'Decree 69/2024 art. 7, 15: a foreigner with a valid residence card',
  already_level_02: 'Law 26/2023 art. 31: one electronic identity for one citizen',
  awaits_activation: 'Decree 69/2024 art. 14(1): granted already, the holder activates',
  account_locked: 'Decree 69/2024 art. 15: the grounds of lock must end first',
  account_exists_now: 'Decree 69/2024 art. 10: the person opened an account since; level 02 is asked for it anew',
  account_ended: 'Law 26/2023 art. 12: the number was cancelled or the account merged',
  phone_taken: 'Decree 69/2024 art. 10: one phone number serves one account',
  phone_not_of_account: 'Decree 69/2024 art. 10: the account has another phone; its change is a request of its own',
  case_open: 'Decree 69/2024 art. 13: an application of this person or phone is being decided',
} as const;
export type EnrolmentRefusal = keyof typeof ENROLMENT_REFUSALS;

/** All that is known when level 02 is asked for. Asked again when it is granted: days lie between. */
/** What is known of the guardian who came along. */
export interface GuardianFacts {
  readonly isOnRecord: boolean;
  /** Has an own level-02 account in use, with a phone, and needs no guardian themself. */
  readonly mayConfirm: boolean;
}

export interface EnrolmentFacts {
  /** ISO 8601, or the year alone. */
  readonly birthDate: string;
  /** Under a guardian at any age (guardianship.policy.ts). */
  readonly ward?: boolean;
  /** Who came along with a person under 14 or a ward; `to_be_named` while nobody was asked yet. */
  readonly guardian?: GuardianFacts | 'to_be_named';
  readonly deceased: boolean;
  readonly cardStatus: 'valid' | 'expired' | 'withdrawn' | 'held' | 'none';
  /** Of a foreigner, who has no identity card. */
  readonly stay?: Stay;
  /** No card to show: the application goes along with that for a card, and is granted once there is one. */
  readonly cardBeingMade?: boolean;
  readonly account?: {
    readonly state: AccountState;
    readonly level: '01' | '02' | undefined;
    readonly locked: boolean;
    /** By an expired card and nothing else: a new card opens it. */
    readonly lockedByCardAlone?: boolean;
    /** E.164. */
    readonly phone: string | undefined;
    readonly invited: boolean;
  };
  /** Of the phone that the citizen gave; absent while none was given. E.164. */
  readonly phone?: { readonly number: string; readonly servesAnotherAccount: boolean };
  /** Another open application has this number or phone. */
  readonly caseOpen: boolean;
}

export type EnrolmentDecision =
  | {
      readonly kind: 'eligible';
      readonly change: 'grant' | 'raise_level';
      /** The guardian comes along, and confirms each use afterwards. */
      readonly withGuardian: boolean;
    }
  | { readonly kind: 'refused'; readonly reasons: readonly EnrolmentRefusal[] };

/** Whether a citizen or foreigner may be given level 02, as a new account or by raising the one there is. Names every reason against it. */
export function mayEnrol(facts: EnrolmentFacts, today: Date): EnrolmentDecision {
  const reasons = [...againstPerson(facts, today), ...againstAccount(facts), ...againstPhone(facts)];
  if (facts.caseOpen) reasons.push('case_open');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const withGuardian = needsGuardian(facts, today);
  return { kind: 'eligible', change: facts.account ? 'raise_level' : 'grant', withGuardian };
}

const BY_CARD = {
  valid: undefined,
  expired: 'card_expired',
  withdrawn: 'card_withdrawn',
  held: 'card_held',
  none: 'no_card',
} as const satisfies Record<EnrolmentFacts['cardStatus'], EnrolmentRefusal | undefined>;

function againstPerson(facts: EnrolmentFacts, today: Date): EnrolmentRefusal[] {
  if (facts.deceased) return ['dead'];
  return [...againstAge(facts, today), ...againstPapers(facts, dayInHanoi(today))];
}

const needsGuardian = ({ birthDate, ward = false }: EnrolmentFacts, today: Date): boolean =>
  ward || !isOldEnough(birthDate, today);

function againstAge(facts: EnrolmentFacts, today: Date): EnrolmentRefusal[] {
  const { birthDate, stay, guardian } = facts;
  const { level02 } = entitlementOf(kindOf({ ...(stay && { stay }) }), birthDate, today);
  if (level02 === 'never') return ['under_six'];
  const isAlong = guardian !== undefined && guardian !== 'to_be_named';
  if (!needsGuardian(facts, today)) return isAlong ? ['guardian_not_needed'] : [];
  if (!isAlong) return guardian === 'to_be_named' ? [] : ['under_age'];
  if (!guardian.isOnRecord) return ['guardian_not_on_record'];
  return guardian.mayConfirm ? [] : ['guardian_cannot_confirm'];
}

/** Decree 69/2024 art. 10: who has no valid card gets level 02 together with the card, which is being made. */
function againstPapers({ stay, cardStatus, cardBeingMade = false }: EnrolmentFacts, today: string): EnrolmentRefusal[] {
  if (stay) return lapsedPapers(stay, today);
  if (cardBeingMade && cardStatus === 'valid') return ['card_not_seen'];
  if (cardBeingMade && isToBeMade(cardStatus)) return [];
  const reason = BY_CARD[cardStatus];
  return reason ? [reason] : [];
}

/** Whether a card that stands so is one to apply for. */
export const isToBeMade = (cardStatus: EnrolmentFacts['cardStatus']): boolean =>
  cardStatus === 'expired' || cardStatus === 'none';

function againstAccount({ account, cardBeingMade = false }: EnrolmentFacts): EnrolmentRefusal[] {
  if (!account) return [];
  if (account.state === 'ended' || account.state === 'rejected') return ['account_ended'];
  if (account.state !== 'active' || account.invited) return ['awaits_activation'];
  if (account.level === '02') return ['already_level_02'];
  const opensWithCard = cardBeingMade && account.lockedByCardAlone === true;
  return account.locked && !opensWithCard ? ['account_locked'] : [];
}

function againstPhone({ account, phone }: EnrolmentFacts): EnrolmentRefusal[] {
  if (!phone) return [];
  if (phone.servesAnotherAccount) return ['phone_taken'];
  // Who had a guardian as a child has an account without a phone of its own, until now.
  return account?.phone !== undefined && account.phone !== phone.number ? ['phone_not_of_account'] : [];
}
