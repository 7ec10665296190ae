import type { Citizen } from './citizen.ts';
import { mixed } from './dice.ts';
import { drawCitizen, type Digits } from './draw-citizen.ts';
import { drawForeigner, isForeignersNumber } from './draw-foreigner.ts';
import { householdOf } from './household.ts';
import { MILLION, permutation } from './permutation.ts';

export const DEFAULT_PEOPLE = 10_000;
export const MOST_PEOPLE = MILLION;
export const DEFAULT_SEED = 2026;

/** The synthetic population. Nothing is stored: a person is drawn when asked for. */
export interface Nation {
  readonly size: number;
  /** Person `index`, from 0 to `size - 1`; the fixed people come first. Throws beyond. */
  citizen(index: number): Citizen;
  /** How many foreigners live in it, beside the citizens. */
  readonly foreigners: number;
  /** Foreigner `index`, from 0 to `foreigners - 1`. Throws beyond. */
  foreigner(index: number): Citizen;
  /** The person with a personal ID number, in constant time. */
  find(nationalId: string): Citizen | undefined;
  /** Whom the nation was drawn with in the care of this person. */
  dependantsOf(guardian: string): readonly Citizen[];
  /** A number nobody has ever had, with the first six digits of another: for re-established numbers (`turn` 0, 1, …). */
  spareNumber(like: string, turn: number): string;
}

const lastSixOf = (nationalId: string): number => Number(nationalId.slice(6));

/** Citizens to one foreigner: a small share, as it is. */
const CITIZENS_TO_A_FOREIGNER = 200;

/**
 * A nation of `people` (the `fixed` ones among them), always the same for a seed. The six digits of a number are a
 * shuffle of the person's place in the nation, so no two numbers agree in them, and the place is found from the number.
 * Throws if the fixed people leave no room, or share their six digits.
 */
export function createNation(options: { people: number; seed: number; fixed: readonly Citizen[] }): Nation {
  const { people, seed } = options;
  const fixed = options.fixed.filter(({ stay }) => !stay);
  const drawn = people - fixed.length;
  const fixedByNumber = new Map(options.fixed.map((citizen) => [citizen.nationalId, citizen]));
  const idDigits = permutation(seed, 101);
  const phoneDigits = permutation(seed, 102);
  const foreignDigits = permutation(seed, 103);
  const foreigners = Math.ceil(people / CITIZENS_TO_A_FOREIGNER);
  const taken = new Set(fixed.map(({ nationalId }) => idDigits.indexOf(lastSixOf(nationalId))));
  if (drawn < 0 || people > MOST_PEOPLE) throw new Error(`a nation has ${fixed.length} to ${MOST_PEOPLE} people`);
  if (taken.size !== fixed.length) throw new Error('two fixed people share their last six digits');

  // A drawn person whose place belongs to the digits of a fixed one moves to a free place behind the last.
  const free = freePlaces(drawn, taken);
  const moved = new Map([...taken].filter((place) => place < drawn).map((place, turn) => [place, free(turn)]));
  const movedBack = new Map([...moved].map(([from, to]) => [to, from]));
  const digitsOf = (index: number): Digits => ({
    nationalId: idDigits.at(moved.get(index) ?? index),
    phone: phoneDigits.at(index),
  });
  const draw = (index: number): Citizen => drawCitizen(mixed(seed), index, digitsOf);

  const foreigner = (index: number): Citizen => drawForeigner(mixed(seed), index, foreignDigits.at(index));
  const findForeigner = (nationalId: string): Citizen | undefined => {
    const index = foreignDigits.indexOf(lastSixOf(nationalId));
    const found = index < foreigners ? foreigner(index) : undefined;
    return found?.nationalId === nationalId ? found : undefined;
  };

  return {
    size: people,
    foreigners,
    foreigner(index) {
      if (!Number.isInteger(index) || index < 0 || index >= foreigners) throw new Error('no such foreigner');
      return foreigner(index);
    },
    citizen(index) {
      if (!Number.isInteger(index) || index < 0 || index >= people) throw new Error('no such place in the nation');
      return fixed[index] ?? draw(index - fixed.length);
    },
    find(nationalId) {
      const known = fixedByNumber.get(nationalId);
      if (known !== undefined || !/^\d{12}$/.test(nationalId)) return known;
      if (isForeignersNumber(nationalId)) return findForeigner(nationalId);
      const place = idDigits.indexOf(lastSixOf(nationalId));
      const index = movedBack.get(place) ?? place;
      if (index >= drawn || taken.has(place)) return undefined;
      const citizen = draw(index);
      return citizen.nationalId === nationalId ? citizen : undefined;
    },
    dependantsOf(guardian) {
      const known = fixed.filter((citizen) => citizen.guardian === guardian);
      const household = fixedByNumber.has(guardian) ? undefined : this.find(guardian)?.household;
      if (household === undefined) return known;
      const { first, size: members } = householdOf(mixed(seed), Number(household));
      const ofHousehold = Array.from({ length: members }, (_, place) => first + place).filter((index) => index < drawn);
      return [...known, ...ofHousehold.map(draw).filter((citizen) => citizen.guardian === guardian)];
    },
    spareNumber: (like, turn) =>
      `${like.slice(0, 6)}${String(idDigits.at(free(moved.size + turn) % MILLION)).padStart(6, '0')}`,
  };
}

/** The free places behind the last of `drawn` people, in order: `turn` counts them from 0. */
function freePlaces(drawn: number, taken: ReadonlySet<number>): (turn: number) => number {
  return (turn) => {
    let place = drawn;
    for (let left = turn; ; place += 1) {
      if (taken.has(place)) continue;
      if (left === 0) return place;
      left -= 1;
    }
  };
}
