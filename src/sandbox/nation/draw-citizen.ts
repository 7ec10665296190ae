import { daysBetween, plusDays } from './calendar.ts';
import { drawCard } from './card-history.ts';
import { DRAWN_IN_YEAR, DRAWN_ON, nationalIdOf, type Citizen } from './citizen.ts';
import { dice, type Dice } from './dice.ts';
import { householdOf, roleIn, type Household, type Role } from './household.ts';
import { makeFullName, pickFamilyName, type Gender } from './names.ts';
import { birthPlaceCode } from './places.ts';

const LEGAL_AGE = 18;
const PHONE_FROM_AGE = 14;
// Blocks of numbers that, to our knowledge, no network was given: well-formed, and nobody's telephone rings.
const PHONE_BLOCKS = ['590', '591', '594', '595', '596'] as const;

/** The six digits of person `index`, and those of their telephone: unique each, and not derivable from one another. */
export interface Digits {
  readonly nationalId: number;
  readonly phone: number;
}

function ageOf(roll: Dice, role: Role, household: Household): number {
  const { headAge } = household;
  if (role === 'head') return headAge;
  if (role === 'partner') return Math.max(LEGAL_AGE, headAge + roll.between(-7, 5));
  if (role === 'elder') return Math.min(104, headAge + roll.between(20, 34));
  return headAge - roll.between(20, Math.min(37, headAge));
}

function genderOf(roll: Dice, role: Role, { headGender }: Household): Gender {
  if (role === 'head') return headGender;
  if (role === 'partner') return headGender === 'male' ? 'female' : 'male';
  return roll.chance(role === 'elder' ? 350 : 510) ? 'male' : 'female';
}

/** Children, and the father of a couple or whoever is alone, bear the household's family name; the others their own. */
const bearsItsName = (role: Role, gender: Gender, { hasPartner }: Household): boolean =>
  role === 'child' || (role === 'head' && !hasPartner) || (role !== 'elder' && gender === 'male');

/** A birth day that makes the person `age` years old when the nation is drawn (0: within the year before). */
const bornOnAt = (roll: Dice, age: number): string =>
  plusDays(`${DRAWN_IN_YEAR - age - 1}-07-02`, roll.int(daysBetween('2025-07-02', DRAWN_ON) + 1));

function deathOf(roll: Dice, bornOn: string, age: number): string | undefined {
  if (!roll.chance(age > 75 ? 140 : age > 60 ? 40 : 3)) return undefined;
  const from = bornOn > '2010-01-01' ? bornOn : '2010-01-01';
  return plusDays(from, roll.int(daysBetween(from, DRAWN_ON)));
}

/** Person `index` of the nation: a pure function of seed, index and digits. */
export function drawCitizen(seed: number, index: number, digitsOf: (index: number) => Digits): Citizen {
  const household = householdOf(seed, index);
  const role = roleIn(household, index - household.first);
  const roll = dice(seed, 3, index);
  const age = ageOf(roll, role, household);
  const gender = genderOf(roll, role, household);
  const bornOn = bornOnAt(roll, age);
  const family = bearsItsName(role, gender, household) ? household.familyName : pickFamilyName(roll, household.names);
  const deceasedOn = deathOf(roll, bornOn, age);
  const digits = digitsOf(index);
  const yearOnly = age > 45 && roll.chance(age > 65 ? 160 : 40);
  const hasPhone = age >= PHONE_FROM_AGE && deceasedOn === undefined && roll.chance(930);
  const guardian = age < LEGAL_AGE ? guardianOf(seed, household, digitsOf) : undefined;
  return {
    nationalId: nationalIdOf(
      birthPlaceCode(roll, household.province),
      Number(bornOn.slice(0, 4)),
      gender,
      digits.nationalId,
    ),
    fullName: makeFullName(roll, household.names, family, gender),
    birthDate: yearOnly ? bornOn.slice(0, 4) : bornOn,
    gender,
    nationality: 'Việt Nam',
    address: household.address,
    card: drawCard(roll, yearOnly ? `${bornOn.slice(0, 4)}-12-31` : bornOn, age),
    ...(deceasedOn !== undefined && { deceasedOn }),
    ...(guardian !== undefined && { guardian }),
    ...(hasPhone && { phone: `+84${roll.pick(PHONE_BLOCKS)}${String(digits.phone).padStart(6, '0')}` }),
    household: String(household.first),
  };
}

/** The head of a child's household, or the head's partner where the head is dead. Heads and partners are grown. */
function guardianOf(seed: number, household: Household, digitsOf: (index: number) => Digits): string | undefined {
  const grown = household.hasPartner ? [household.first, household.first + 1] : [household.first];
  return grown.map((index) => drawCitizen(seed, index, digitsOf)).find((citizen) => citizen.deceasedOn === undefined)
    ?.nationalId;
}
