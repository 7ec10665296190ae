import { readFileSync } from 'node:fs';
import type { Dice } from './dice.ts';

export interface Province {
  readonly code: string;
  readonly name: string;
  /** Codes of birth registration places that went into this province in 2025. */
  readonly birthCodes: readonly string[];
  readonly wards: readonly string[];
}

/** Rows of a table in data/ (no quoting there), without its heading. */
const rowsOf = (file: string): string[][] =>
  readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

function readProvinces(): Province[] {
  const successors = rowsOf('place-successors-2025.csv');
  const wards = rowsOf('wards.csv');
  return rowsOf('provinces-2025.csv').map(([code = '', name = '', type = '']) => ({
    code,
    name: `${type.startsWith('thành phố') ? 'thành phố' : 'tỉnh'} ${name}`,
    birthCodes: successors.filter((row) => row[1] === code).map((row) => row[0]!),
    wards: wards.filter((row) => row[0] === code).map((row) => `${row[1]} ${row[2]}`),
  }));
}

/** The 34 provinces and cities since 2025-07-01 (Resolution 202/2025/QH15). */
export const PROVINCES: readonly Province[] = readProvinces();

const STREETS = [
  'Trần Hưng Đạo',
  'Lê Lợi',
  'Nguyễn Trãi',
  'Quang Trung',
  'Hai Bà Trưng',
  'Phan Bội Châu',
  'Lý Thường Kiệt',
];

/** The part of an address below the ward: a house in a street, or a hamlet as the region calls it. */
export function addressDetail(roll: Dice, ward: string): string {
  if (ward.startsWith('phường')) {
    const number = roll.chance(300) ? `${roll.between(1, 90)}/${roll.between(1, 40)}` : String(roll.between(1, 420));
    return `Số ${number}, đường ${roll.pick(STREETS)}`;
  }
  return `${roll.pick(['Thôn', 'Ấp', 'Bản', 'Tổ dân phố', 'Xóm'])} ${roll.between(1, 14)}`;
}

// Circular 59/2021/TT-BCA, Annex II: births registered abroad.
const ABROAD_FROM = 101;
const ABROAD_TO = 295;

/** The three digits of where a birth was registered: mostly the home province, sometimes another, rarely abroad. */
export function birthPlaceCode(roll: Dice, home: Province): string {
  if (roll.chance(12)) return roll.chance(100) ? '000' : String(roll.between(ABROAD_FROM, ABROAD_TO));
  const province = roll.chance(180) ? roll.pick(PROVINCES) : home;
  return roll.pick(province.birthCodes);
}
