/** Numbers that look random and are always the same for the same labels. Never for secrets: those come from kernel/random. */
export interface Dice {
  /** A whole number from 0 to `below - 1`. */
  int(below: number): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** True `perMille` times in a thousand. */
  chance(perMille: number): boolean;
  /** One of the list; each as likely as the next. Throws on an empty list. */
  pick<T>(list: readonly T[]): T;
}

const GOLDEN = 0x9e3779b9;

function stir(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** One number from several, each of them changing it whole. */
export const mixed = (...labels: readonly number[]): number =>
  labels.reduce((state, label) => stir((Math.imul(state, 31) + label + GOLDEN) | 0), 0);

/** The dice of one thing of the nation, named by numbers: the seed, what it is, which one. */
export function dice(...labels: readonly number[]): Dice {
  let state = mixed(...labels);
  const next = (): number => {
    state = (state + GOLDEN) | 0;
    return stir(state) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    int,
    between: (from, to) => from + int(to - from + 1),
    chance: (perMille) => int(1000) < perMille,
    pick: (list) => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[int(list.length)]!;
    },
  };
}
