import { dice, type Dice } from './dice.ts';
import type { NameTable } from './name-tables.ts';
import { pickFamilyName, pickNameTable, type Gender } from './names.ts';
import { addressDetail, PROVINCES, type Province } from './places.ts';
import type { Citizen } from './citizen.ts';

/** People are numbered in blocks, each block cut into whole households, so that a household is found from any of its members. */
const BLOCK = 12;
const CUTS: readonly (readonly number[])[] = [
  [4, 3, 2, 1, 2],
  [5, 4, 3],
  [1, 3, 4, 4],
  [2, 2, 6, 2],
  [3, 4, 5],
  [6, 1, 5],
  [7, 2, 3],
  [4, 4, 3, 1],
];

export type Role = 'head' | 'partner' | 'child' | 'elder';

export interface Household {
  /** Number of its first member, the head. */
  readonly first: number;
  readonly size: number;
  readonly names: NameTable;
  readonly familyName: string;
  readonly headGender: Gender;
  readonly headAge: number;
  readonly hasPartner: boolean;
  readonly province: Province;
  readonly address: Citizen['address'];
}

/** Where the household of person `index` begins, and how many it has. */
function cutAround(seed: number, index: number): { first: number; size: number } {
  const block = Math.floor(index / BLOCK);
  let first = block * BLOCK;
  for (const size of dice(seed, 1, block).pick(CUTS)) {
    if (index < first + size) return { first, size };
    first += size;
  }
  throw new Error('the cuts of a block do not add up');
}

function headAge(roll: Dice, size: number): number {
  if (size === 1) return roll.between(18, 92);
  return size === 2 ? roll.between(22, 80) : roll.between(25, 58);
}

/** The household of person `index`: the same for each of its members. */
export function householdOf(seed: number, index: number): Household {
  const { first, size } = cutAround(seed, index);
  const roll = dice(seed, 2, first);
  const names = pickNameTable(roll);
  const atHome = names.home.length > 0 && roll.chance(850);
  const province = roll.pick(atHome ? PROVINCES.filter(({ code }) => names.home.includes(code)) : PROVINCES);
  const ward = roll.pick(province.wards);
  return {
    first,
    size,
    names,
    familyName: pickFamilyName(roll, names),
    headGender: roll.chance(700) ? 'male' : 'female',
    headAge: headAge(roll, size),
    hasPartner: size > 1 && roll.chance(880),
    province,
    address: { detail: addressDetail(roll, ward), ward, province: province.name },
  };
}

/** What the member at a place of the household is to its head. */
export function roleIn(household: Household, place: number): Role {
  if (place === 0) return 'head';
  if (place === 1 && household.hasPartner) return 'partner';
  return place === household.size - 1 && household.size >= 5 ? 'elder' : 'child';
}
