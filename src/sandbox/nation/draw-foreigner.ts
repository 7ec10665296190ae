import { daysBetween, plusDays, plusYears } from './calendar.ts';
import { DRAWN_IN_YEAR, DRAWN_ON, nationalIdOf, type Citizen, type Stay } from './citizen.ts';
import { dice, type Dice } from './dice.ts';
import { COUNTRIES } from './foreign-names.ts';
import { addressDetail, PROVINCES } from './places.ts';

// How a foreigner's number begins is not public. These are no place of birth registration, so no citizen has one.
const FIRST_COUNTRY = 501;
// A block that, to our knowledge, no network was given; its first half is the fixed people's.
const PHONE_BLOCK = '597';
const FIRST_PHONE = 500_000;
const PHONE_FROM_AGE = 14;
const PASSPORT_YEARS = 10;
const LAPSED_DAYS = 200;
const CARD_YEARS = { permanent: 10, temporary: 5 } as const;

/** Whether a number can be a foreigner's in the sandbox. */
export const isForeignersNumber = (nationalId: string): boolean => {
  const place = Number(nationalId.slice(0, 3)) - FIRST_COUNTRY;
  return place >= 0 && place < COUNTRIES.length;
};

/** Foreigner `index`: a pure function of seed, index and the six digits of the number. */
export function drawForeigner(seed: number, index: number, lastSix: number): Citizen {
  const roll = dice(seed, 4, index);
  const country = roll.int(COUNTRIES.length);
  const { nationality, letters, family, female, male } = COUNTRIES[country]!;
  const gender = roll.chance(450) ? 'female' : 'male';
  const age = roll.chance(120) ? roll.between(1, 17) : roll.between(18, 70);
  const bornOn = plusDays(`${DRAWN_IN_YEAR - age - 1}-07-02`, roll.int(daysBetween('2025-07-02', DRAWN_ON)));
  const province = roll.pick(PROVINCES);
  const ward = roll.pick(province.wards);
  return {
    nationalId: nationalIdOf(String(FIRST_COUNTRY + country), Number(bornOn.slice(0, 4)), gender, lastSix),
    fullName: `${roll.pick(family)} ${roll.pick(gender === 'female' ? female : male)}`,
    birthDate: bornOn,
    gender,
    nationality,
    address: { detail: addressDetail(roll, ward), ward, province: province.name },
    card: {},
    stay: drawStay(roll, bornOn, letters),
    ...(age >= PHONE_FROM_AGE && { phone: `+84${PHONE_BLOCK}${FIRST_PHONE + index}` }),
    household: `foreign-${index}`,
  };
}

/** Papers as people hold them: most good, some of which have run out. */
function drawStay(roll: Dice, bornOn: string, letters: string): Stay {
  const kind = roll.chance(200) ? 'permanent' : 'temporary';
  const passport = drawPaper(roll, bornOn, PASSPORT_YEARS);
  const card = drawPaper(roll, bornOn, CARD_YEARS[kind]);
  return {
    passport: { number: `${letters}${roll.between(1_000_000, 9_999_999)}`, ...passport },
    residence: { kind, ...card },
    biometricsOnRecord: roll.chance(800),
  };
}

/** Issued within the last `years`; a few ran out in the last months. */
function drawPaper(roll: Dice, bornOn: string, years: number): { issuedOn: string; expiresOn: string } {
  const first = plusYears(DRAWN_ON, -years);
  const hasLapsed = roll.chance(60) && bornOn < plusDays(first, -LAPSED_DAYS);
  const earliest = plusDays(first, hasLapsed ? -LAPSED_DAYS : LAPSED_DAYS);
  const from = earliest > bornOn ? earliest : plusDays(bornOn, 30);
  const until = hasLapsed ? first : DRAWN_ON;
  const issuedOn = from < until ? plusDays(from, roll.int(daysBetween(from, until))) : DRAWN_ON;
  return { issuedOn, expiresOn: plusYears(issuedOn, years) };
}
