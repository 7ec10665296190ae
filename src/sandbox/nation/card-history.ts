import { daysBetween, plusDays, plusYears } from './calendar.ts';
import { DRAWN_ON, type Card } from './citizen.ts';
import type { Dice } from './dice.ts';

// Law 26/2023 art. 21: a card is changed at 14, 25, 40 and 60; one issued in the two years before holds until the next age.
const CHANGE_AGES = [14, 25, 40, 60] as const;
const GRACE_YEARS = 2;
const FIRST_CHIP_CARDS = '2021-01-01';

/** Until when a card issued on a day is good; undefined for life. `bornOn` is a whole date. */
function cardExpiry(bornOn: string, issuedOn: string): string | undefined {
  return CHANGE_AGES.map((age) => plusYears(bornOn, age)).find((day) => plusYears(issuedOn, GRACE_YEARS) <= day);
}

/** The card a person may hold who was born on a day: none, valid, run out, withdrawn or held. */
export function drawCard(roll: Dice, bornOn: string, age: number): Card {
  const without = age < 6 ? 970 : age < 14 ? 550 : 35;
  if (roll.chance(without)) return {};
  const earliest = age < 14 ? plusYears(bornOn, Math.min(age, 6)) : plusYears(bornOn, 14);
  const from = earliest > FIRST_CHIP_CARDS ? earliest : FIRST_CHIP_CARDS;
  const issuedOn = plusDays(from, roll.int(Math.max(1, daysBetween(from, DRAWN_ON))));
  const card = dated(bornOn, issuedOn);
  if (card.expiresOn !== undefined && card.expiresOn < DRAWN_ON && roll.chance(850)) {
    return dated(bornOn, plusDays(card.expiresOn, roll.int(daysBetween(card.expiresOn, DRAWN_ON)) + 1));
  }
  if (roll.chance(8)) return { ...card, taken: 'withdrawn' };
  return roll.chance(4) ? { ...card, taken: 'held' } : card;
}

function dated(bornOn: string, issuedOn: string): Card {
  const expiresOn = cardExpiry(bornOn, issuedOn);
  return expiresOn === undefined ? { issuedOn } : { issuedOn, expiresOn };
}
