import type { SubjectKind } from './subject-kind.ts';

/** The holder by their passkey, an officer at the counter by form TK03, the body that asked for the lock, or the registry. */
export type UnlockWay = 'holder' | 'counter' | 'authority' | 'registry';

interface GroundRow {
  readonly holders: readonly SubjectKind[];
  /** Whether the holder is told at once (Law 26/2023 art. 34(3)); nobody is told of a death. */
  readonly notifiesHolder: boolean;
  /** How it ends; nobody and nothing ends a ground without any. */
  readonly endedBy: readonly UnlockWay[];
  /** There can be several of it at once, each an entry with its own end. */
  readonly isEach?: true;
  readonly source: string;
}

const PERSONS = ['citizen', 'foreigner'] as const;
const EVERYONE = ['citizen', 'foreigner', 'organisation'] as const;

/** Every ground of lock the law knows, with who it can meet and how it ends. Too many attempts is no ground: it is timed. */
export const LOCK_GROUNDS = {
  self_request: {
    holders: EVERYONE,
    notifiesHolder: true,
    endedBy: ['holder', 'counter'],
    source: 'Law 26/2023 art. 34(1)(a)',
  },
  terms_breach: { holders: EVERYONE, notifiesHolder: true, endedBy: ['counter'], source: 'Law 26/2023 art. 34(1)(b)' },
  card_withdrawn_or_held: {
    holders: ['citizen'],
    notifiesHolder: true,
    endedBy: ['registry', 'counter'],
    source: 'Law 26/2023 art. 34(1)(c)',
  },
  card_expired: { holders: ['citizen'], notifiesHolder: true, endedBy: ['registry'], source: 'Decree 69/2024 art. 15' },
  death: { holders: PERSONS, notifiesHolder: false, endedBy: [], source: 'Law 26/2023 art. 34(1)(d), (2)' },
  authority_request: {
    holders: EVERYONE,
    notifiesHolder: true,
    endedBy: ['authority'],
    isEach: true,
    source: 'Law 26/2023 art. 34(1)(đ)',
  },
  passport_expired: {
    holders: ['foreigner'],
    notifiesHolder: true,
    endedBy: ['registry'],
    source: 'Decree 69/2024 art. 15',
  },
  residence_ended: {
    holders: ['foreigner'],
    notifiesHolder: true,
    endedBy: ['registry'],
    source: 'Decree 69/2024 art. 15',
  },
  dissolved: {
    holders: ['organisation'],
    notifiesHolder: true,
    endedBy: ['registry', 'counter'],
    source: 'Decree 69/2024 art. 15',
  },
} as const satisfies Record<string, GroundRow>;

export type LockGround = keyof typeof LOCK_GROUNDS;

/** One element of the set. `entry` tells several of one ground apart; empty for a ground that there is once. */
export interface LockEntry {
  readonly ground: LockGround;
  readonly entry: string;
}

/** The element that is meant: an entry is heeded only where the ground can be there several times. */
export const lockEntry = (ground: LockGround, entry = ''): LockEntry => ({
  ground,
  entry: mayBeSeveral(ground) ? entry : '',
});

/** Whether an account can be locked by several of this ground at once. */
export function mayBeSeveral(ground: LockGround): boolean {
  const row: GroundRow = LOCK_GROUNDS[ground];
  return row.isEach === true;
}

export type LockDecision =
  { readonly kind: 'placed' } | { readonly kind: 'already_open' } | { readonly kind: 'not_for_this_holder' };

/** Whether `lock` may be added to the open ones of this holder's account. */
export function mayPlaceLock(lock: LockEntry, holder: SubjectKind, open: readonly LockEntry[]): LockDecision {
  if (isAmong(lock, open)) return { kind: 'already_open' };
  const holders: readonly SubjectKind[] = LOCK_GROUNDS[lock.ground].holders;
  return holders.includes(holder) ? { kind: 'placed' } : { kind: 'not_for_this_holder' };
}

export type UnlockDecision =
  | { readonly kind: 'ended' }
  | { readonly kind: 'not_open' }
  | { readonly kind: 'never_ends' }
  | { readonly kind: 'not_this_way' };

/** Whether `lock` may be ended by `way` (Law 26/2023 art. 34(2)). Death has no ground of unlock. */
export function mayEndLock(lock: LockEntry, way: UnlockWay, open: readonly LockEntry[]): UnlockDecision {
  if (!isAmong(lock, open)) return { kind: 'not_open' };
  const ways: readonly UnlockWay[] = LOCK_GROUNDS[lock.ground].endedBy;
  if (ways.length === 0) return { kind: 'never_ends' };
  return ways.includes(way) ? { kind: 'ended' } : { kind: 'not_this_way' };
}

const isAmong = ({ ground, entry }: LockEntry, open: readonly LockEntry[]): boolean =>
  open.some((one) => one.ground === ground && one.entry === entry);
