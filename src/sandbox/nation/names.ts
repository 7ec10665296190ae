import type { Dice } from './dice.ts';
import { NAME_TABLES, type NameTable } from './name-tables.ts';

export type Gender = 'male' | 'female';

/** The name table of a household, by the shares of the tables. */
export function pickNameTable(roll: Dice): NameTable {
  let ticket = roll.int(NAME_TABLES.reduce((sum, table) => sum + table.share, 0));
  for (const table of NAME_TABLES) {
    ticket -= table.share;
    if (ticket < 0) return table;
  }
  return NAME_TABLES[0]!;
}

/** A family name of the table; empty where its people use none. */
export const pickFamilyName = (roll: Dice, table: NameTable): string =>
  table.family.length === 0 ? '' : roll.pick(table.family);

/** A whole name as a record shows it: NFC, from one word to nine, in the order its people write it. */
export function makeFullName(roll: Dice, table: NameTable, family: string, gender: Gender): string {
  const parts = table[gender];
  const middle = roll.chance(40) ? '' : roll.pick(parts.middle);
  const given = roll.pick(parts.given);
  const ordered = table.order === 'given_first' ? [given, family] : [family, middle, given];
  return ordered
    .filter((part) => part !== '')
    .join(' ')
    .normalize('NFC');
}
