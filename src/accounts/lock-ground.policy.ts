import type { SubjectKind } from './subject-kind.ts';

interface GroundRow {
  readonly holders: readonly SubjectKind[];
  /** Whether the holder is told at once (Law 26/2023 art. 34(3)); nobody is told of a death. */
  readonly notifiesHolder: boolean;
  readonly mayEnd: boolean;
  readonly source: string;
}

const PERSONS = ['citizen', 'foreigner'] as const;
const EVERYONE = ['citizen', 'foreigner', 'organisation'] as const;

/** Every ground of lock the law knows, with who it can meet and how it ends. Too many attempts is no ground: it is timed. */
export const LOCK_GROUNDS = {
  self_request: { holders: EVERYONE, notifiesHolder: true, mayEnd: true, source: 'Law 26/2023 art. 34(1)(a)' },
  terms_breach: { holders: EVERYONE, notifiesHolder: true, mayEnd: true, source: 'Law 26/2023 art. 34(1)(b)' },
  card_withdrawn_or_held: {
    holders: ['citizen'],
    notifiesHolder: true,
    mayEnd: true,
    source: 'Law 26/2023 art. 34(1)(c)',
  },
  card_expired: { holders: ['citizen'], notifiesHolder: true, mayEnd: true, source: 'Decree 69/2024 art. 15' },
  death: { holders: PERSONS, notifiesHolder: false, mayEnd: false, source: 'Law 26/2023 art. 34(1)(d), (2)' },
  authority_request: { holders: EVERYONE, notifiesHolder: true, mayEnd: true, source: 'Law 26/2023 art. 34(1)(đ)' },
  passport_expired: { holders: ['foreigner'], notifiesHolder: true, mayEnd: true, source: 'Decree 69/2024 art. 15' },
  residence_ended: { holders: ['foreigner'], notifiesHolder: true, mayEnd: true, source: 'Decree 69/2024 art. 15' },
  dissolved: { holders: ['organisation'], notifiesHolder: true, mayEnd: true, source: 'Decree 69/2024 art. 15' },
} as const satisfies Record<string, GroundRow>;

export type LockGround = keyof typeof LOCK_GROUNDS;

export type LockDecision =
  { readonly kind: 'placed' } | { readonly kind: 'already_open' } | { readonly kind: 'not_for_this_holder' };

/** Whether `ground` may be added to the open grounds of this holder's account. */
export function mayPlaceLock(ground: LockGround, holder: SubjectKind, open: readonly LockGround[]): LockDecision {
  if (open.includes(ground)) return { kind: 'already_open' };
  const holders: readonly SubjectKind[] = LOCK_GROUNDS[ground].holders;
  return holders.includes(holder) ? { kind: 'placed' } : { kind: 'not_for_this_holder' };
}

export type UnlockDecision =
  { readonly kind: 'ended' } | { readonly kind: 'not_open' } | { readonly kind: 'never_ends' };

/** Whether `ground` may be ended. Death has no ground of unlock. */
export function mayEndLock(ground: LockGround, open: readonly LockGround[]): UnlockDecision {
  if (!open.includes(ground)) return { kind: 'not_open' };
  return LOCK_GROUNDS[ground].mayEnd ? { kind: 'ended' } : { kind: 'never_ends' };
}
