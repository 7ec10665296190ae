import type { CardStatus, Person, PersonChange, Stay } from '../../registry/population-registry.ts';
import type { LockGround } from '../lock-ground.policy.ts';
import { lapsedPapers, nextLastDay, STAY_GROUNDS } from '../stay.policy.ts';

/** What a fact of the registry does to an account. Nothing else of it may move an account. */
export type RecordEffect =
  | { readonly kind: 'lock'; readonly ground: LockGround }
  | { readonly kind: 'end_lock'; readonly ground: LockGround }
  | { readonly kind: 'correct_record' }
  | { readonly kind: 'reestablish_number' }
  | { readonly kind: 'change_guardian' };

type ChangeKind = PersonChange['kind'];

const CARD_GROUNDS = ['card_withdrawn_or_held', 'card_expired'] as const satisfies readonly LockGround[];

/** A row for each change of the feed (Law 26/2023 art. 34, Decree 69/2024 art. 15). */
const EFFECTS: Readonly<Record<ChangeKind, readonly RecordEffect[]>> = {
  death: [{ kind: 'lock', ground: 'death' }],
  card_withdrawn: [{ kind: 'lock', ground: 'card_withdrawn_or_held' }],
  card_expired: [{ kind: 'lock', ground: 'card_expired' }],
  card_issued: CARD_GROUNDS.map((ground) => ({ kind: 'end_lock', ground })),
  name_corrected: [{ kind: 'correct_record' }],
  birth_date_corrected: [{ kind: 'correct_record' }],
  residence_changed: [{ kind: 'correct_record' }],
  number_reestablished: [{ kind: 'reestablish_number' }],
  guardian_changed: [{ kind: 'change_guardian' }],
  passport_expired: [{ kind: 'correct_record' }, { kind: 'lock', ground: 'passport_expired' }],
  passport_renewed: [{ kind: 'correct_record' }, { kind: 'end_lock', ground: 'passport_expired' }],
  residence_ended: [{ kind: 'correct_record' }, { kind: 'lock', ground: 'residence_ended' }],
  residence_extended: [{ kind: 'correct_record' }, { kind: 'end_lock', ground: 'residence_ended' }],
};

/** What one change of the feed does, in order. */
export const effectsOfChange = (kind: ChangeKind): readonly RecordEffect[] => EFFECTS[kind];

export interface RecordFacts {
  readonly card: { readonly status: CardStatus; readonly expiresOn?: string };
  /** Of a foreigner. */
  readonly stay?: Stay;
  readonly deceased: boolean;
}

/** What the policies read of a record. */
export const factsOfRecord = ({
  card,
  stay,
  deceasedOn,
}: Pick<Person, 'card' | 'stay' | 'deceasedOn'>): RecordFacts => ({
  card,
  deceased: deceasedOn !== undefined,
  ...(stay && { stay }),
});

/**
 * What the record as it is on `today` (ISO day, Hà Nội) does, without an event: a card, a passport or a
 * residence that ran out is found even if the registry has not marked it, and one given back or renewed opens what the registry
 * itself had locked (`own`: the open grounds that it placed).
 */
export function effectsOfRecord(record: RecordFacts, own: readonly LockGround[], today: string): RecordEffect[] {
  const correct: RecordEffect = { kind: 'correct_record' };
  if (record.deceased) return [correct, { kind: 'lock', ground: 'death' }];
  const standing = cardStanding(record.card, today);
  if (record.stay) return [correct, ...moves(STAY_GROUNDS, lapsedPapers(record.stay, today), own)];
  if (standing === 'none') return [correct];
  return [correct, ...moves(CARD_GROUNDS, standing === 'valid' ? [] : [standing], own)];
}

/** Locks for what stands against the holder now, and the end of those of `kinds` that no longer do. */
function moves(kinds: readonly LockGround[], now: readonly LockGround[], own: readonly LockGround[]): RecordEffect[] {
  const ended = kinds.filter((ground) => !now.includes(ground) && own.includes(ground));
  return [
    ...now.map((ground) => ({ kind: 'lock', ground }) as const),
    ...ended.map((ground) => ({ kind: 'end_lock', ground }) as const),
  ];
}

function cardStanding({ status, expiresOn }: RecordFacts['card'], today: string): 'valid' | 'none' | LockGround {
  if (status === 'withdrawn' || status === 'held') return 'card_withdrawn_or_held';
  if (status === 'expired' || (status === 'valid' && expiresOn !== undefined && expiresOn < today))
    return 'card_expired';
  return status;
}

/** The day (ISO) on which the record is looked at again; undefined for never. A lock that may end is looked at each day. */
export function nextCheckOn(record: RecordFacts, own: readonly LockGround[], today: string): string | undefined {
  if (record.deceased) return undefined;
  if ([...CARD_GROUNDS, ...STAY_GROUNDS].some((ground) => own.includes(ground))) return dayAfter(today);
  if (record.stay) {
    const lastDay = nextLastDay(record.stay, today);
    return lapsedPapers(record.stay, today).length > 0 ? dayAfter(today) : lastDay && dayAfter(lastDay);
  }
  const { expiresOn } = record.card;
  if (expiresOn === undefined) return undefined;
  return expiresOn < today ? dayAfter(today) : dayAfter(expiresOn);
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
