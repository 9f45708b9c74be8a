/**
 * Seeded random numbers: xoroshiro128+ from pure-rand, and normal deviates by the Box-Muller transform.
 * One seed gives one sequence, on every machine.
 */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Integer in [0, below). */
  integer(below: number): number;
}

/** @param seed - Any integer. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(scrambled(seed));
  const uniform = (): number => uniformFloat64(generator);
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (below) => Math.floor(uniform() * below),
  };
}

/**
 * 32 bits that look random even for seeds 0, 1, 2: the first number of pure-rand's generator is the complement of its seed, so that
 * with small seeds as they come the first uniform is always next to 1. Finaliser of MurmurHash3 (Appleby 2016).
 */
function scrambled(seed: number): number {
  // The upper bits of a seed beyond 32 bits are folded in.
  let h = seed ^ Math.trunc(seed / 2 ** 32) ^ 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
