import { foldName } from '../../registry/declared-match.policy.ts';
import type { Person, Stay } from '../../registry/population-registry.ts';
import type { CardText } from './card-qr.ts';

/** A stretch of a text, and whether the other side has it too. */
export interface Piece {
  readonly text: string;
  readonly differs: boolean;
}

/** One field of the registry's record beside what the card says. */
export interface ComparedField {
  /** Text `cases.field.<name>`. */
  readonly name:
    | 'full_name'
    | 'birth_date'
    | 'gender'
    | 'address'
    | 'card_issued_on'
    | 'nationality'
    | 'passport_number'
    | 'passport_expires_on'
    | 'residence_kind'
    | 'residence_expires_on';
  readonly kind: 'text' | 'date' | 'word';
  readonly registry: string;
  /** Absent when nothing was scanned, or the card says nothing there. */
  readonly card?: string;
  readonly same: boolean;
  /** Letter by letter; only where texts differ. */
  readonly pieces?: { readonly registry: readonly Piece[]; readonly card: readonly Piece[] };
}

/**
 * The record beside the card, field by field. Case and the place of a tone (hoà, hòa) make no difference, a mark does; an address is compared loosely, since wards were merged and cards stay good. Nothing here refuses anybody.
 */
export function compareCard(person: Person, card: CardText | undefined): readonly ComparedField[] {
  const { address } = person;
  const lives = address ? `${address.detail}, ${address.ward}, ${address.province}` : '';
  const cardIssued = compared('card_issued_on', 'date', person.card.issuedOn ?? '', card?.issuedOn, same);
  return [
    compared('full_name', 'text', person.fullName, card?.fullName, sameWords),
    compared('birth_date', 'date', person.birthDate, card?.birthDate, same),
    compared('gender', 'word', person.gender, card?.gender, same),
    compared('address', 'text', lives, card?.address, sameWords),
    ...(person.stay ? papers(person.nationality, person.stay) : [cardIssued]),
  ];
}

/** A foreigner's papers as the registry has them, for the officer to hold against those on the counter. */
const papers = (nationality: string, { passport, residence }: Stay): readonly ComparedField[] => [
  { name: 'nationality', kind: 'text', registry: nationality, same: true },
  { name: 'passport_number', kind: 'text', registry: passport.number, same: true },
  { name: 'passport_expires_on', kind: 'date', registry: passport.expiresOn, same: true },
  { name: 'residence_kind', kind: 'word', registry: residence.kind, same: true },
  ...(residence.expiresOn === undefined
    ? []
    : [{ name: 'residence_expires_on', kind: 'date', registry: residence.expiresOn, same: true } as const]),
];

const same = (a: string, b: string): boolean => a === b;

/** The same letters in the same order, with the same marks somewhere on them. */
const sameWords = (a: string, b: string): boolean => foldName(a) === foldName(b) && marksOf(a) === marksOf(b);
const marksOf = (text: string): string =>
  Array.from(text.normalize('NFD').toLocaleLowerCase('vi'))
    .filter((letter) => /[\p{M}đ]/u.test(letter))
    .toSorted()
    .join('');

function compared(
  name: ComparedField['name'],
  kind: ComparedField['kind'],
  registry: string,
  card: string | undefined,
  isSame: (a: string, b: string) => boolean,
): ComparedField {
  if (card === undefined || card === '') return { name, kind, registry, same: true };
  if (isSame(registry, card)) return { name, kind, registry, card, same: true };
  const pieces = kind === 'text' ? differences(registry, card) : undefined;
  return { name, kind, registry, card, same: false, ...(pieces && { pieces }) };
}

/** The longest common subsequence of the letters, case set aside, as stretches that agree or differ. */
export function differences(a: string, b: string): { registry: readonly Piece[]; card: readonly Piece[] } {
  const [left, right] = [lettersOf(a), lettersOf(b)];
  const agrees = (i: number, j: number) => fold(left[i]) === fold(right[j]);
  const longest = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }, () => 0));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = longest[i] ?? [];
    for (let j = right.length - 1; j >= 0; j -= 1)
      row[j] = agrees(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const kept = { left: new Set<number>(), right: new Set<number>() };
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (agrees(i, j)) {
      kept.left.add(i++);
      kept.right.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return { registry: piecesOf(left, kept.left), card: piecesOf(right, kept.right) };
}

/** Letters with their marks: a mark is never a letter of its own. */
const lettersOf = (text: string): string[] => Array.from(text.normalize('NFC').slice(0, 200));
const fold = (letter: string | undefined): string => (letter ?? '').toLocaleLowerCase('vi');

function piecesOf(letters: readonly string[], kept: ReadonlySet<number>): Piece[] {
  const pieces: { text: string; differs: boolean }[] = [];
  letters.forEach((letter, index) => {
    const differs = !kept.has(index);
    const last = pieces.at(-1);
    if (last?.differs === differs) last.text += letter;
    else pieces.push({ text: letter, differs });
  });
  return pieces;
}
