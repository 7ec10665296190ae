import { mixed } from './dice.ts';

const SIDE = 1000;
const ROUNDS = [1, 2, 3, 4, 5, 6] as const;

/** How many numbers a permutation shuffles: all that six digits can write. */
export const MILLION = SIDE * SIDE;

/** A shuffle of 0 to 999,999 that can be asked both ways, so that nothing need be remembered. */
export interface Permutation {
  /** The number that stands at `index`. */
  at(index: number): number;
  /** Where a number stands: `indexOf(at(i)) === i`. */
  indexOf(value: number): number;
}

/** A Feistel network over two halves of three digits: unique numbers, found again in constant time without an index. */
export function permutation(...key: readonly number[]): Permutation {
  const base = mixed(...key);
  const turn = (round: number, half: number): number => mixed(base, round, half) % SIDE;
  return {
    at(index) {
      let [left, right] = [Math.floor(index / SIDE), index % SIDE];
      for (const round of ROUNDS) [left, right] = [right, (left + turn(round, right)) % SIDE];
      return left * SIDE + right;
    },
    indexOf(value) {
      let [left, right] = [Math.floor(value / SIDE), value % SIDE];
      for (const round of ROUNDS.toReversed()) [left, right] = [(right - turn(round, left) + SIDE) % SIDE, left];
      return left * SIDE + right;
    },
  };
}
