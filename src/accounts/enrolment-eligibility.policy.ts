import type { AccountState } from './account-lifecycle.policy.ts';
import { isOldEnough } from './registration-eligibility.policy.ts';

/** Why a citizen cannot be given level 02 at a counter now, each with its rule. */
export const ENROLMENT_REFUSALS = {
  dead: 'Law 26/2023 art. 34(1)(d): no account lives after its holder',
  under_age:
    'Decree 69/2024 art. 7, 10: under 14 the guardian asks, from an own level-02 account or together at the counter',
  card_expired: 'Decree 69/2024 art. 7, 10: a valid card; without one, together with the application for a new card',
  card_withdrawn: 'Law 26/2023 art. 34(1)(c): the card was withdrawn',
  card_held: 'Law 26/2023 art. 34(1)(c): the card is held by an authority',
  no_card: 'Decree 69/2024 art. 7, 10: a valid card; without one, together with the application for a new card',
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
export interface EnrolmentFacts {
  /** ISO 8601, or the year alone. */
  readonly birthDate: string;
  readonly deceased: boolean;
  readonly cardStatus: 'valid' | 'expired' | 'withdrawn' | 'held' | 'none';
  readonly account?: {
    readonly state: AccountState;
    readonly level: '01' | '02' | undefined;
    readonly locked: boolean;
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
  | { readonly kind: 'eligible'; readonly change: 'grant' | 'raise_level' }
  | { readonly kind: 'refused'; readonly reasons: readonly EnrolmentRefusal[] };

/** Whether a citizen may be given level 02, as a new account or by raising the one there is. Names every reason against it. */
export function mayEnrol(facts: EnrolmentFacts, today: Date): EnrolmentDecision {
  const reasons = [...againstPerson(facts, today), ...againstAccount(facts), ...againstPhone(facts)];
  if (facts.caseOpen) reasons.push('case_open');
  if (reasons.length > 0) return { kind: 'refused', reasons };
  return { kind: 'eligible', change: facts.account ? 'raise_level' : 'grant' };
}

const BY_CARD = {
  valid: undefined,
  expired: 'card_expired',
  withdrawn: 'card_withdrawn',
  held: 'card_held',
  none: 'no_card',
} as const satisfies Record<EnrolmentFacts['cardStatus'], EnrolmentRefusal | undefined>;

function againstPerson({ deceased, birthDate, cardStatus }: EnrolmentFacts, today: Date): EnrolmentRefusal[] {
  if (deceased) return ['dead'];
  const card = BY_CARD[cardStatus];
  return [...(isOldEnough(birthDate, today) ? [] : (['under_age'] as const)), ...(card ? [card] : [])];
}

function againstAccount({ account }: EnrolmentFacts): EnrolmentRefusal[] {
  if (!account) return [];
  if (account.state === 'ended' || account.state === 'rejected') return ['account_ended'];
  if (account.state !== 'active' || account.invited) return ['awaits_activation'];
  if (account.level === '02') return ['already_level_02'];
  return account.locked ? ['account_locked'] : [];
}

function againstPhone({ account, phone }: EnrolmentFacts): EnrolmentRefusal[] {
  if (!phone) return [];
  if (phone.servesAnotherAccount) return ['phone_taken'];
  return account && account.phone !== phone.number ? ['phone_not_of_account'] : [];
}
