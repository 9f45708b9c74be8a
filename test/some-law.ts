/** Laws to try properties on: coefficients as wide as published ones, and wider. */

import fc from 'fast-check';
import type { FittedLaw } from '../src/laws/fitted-law.ts';
import { laws } from '../src/laws/registry.ts';

const between = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: low, max: high, noNaN: true, noDefaultInfinity: true });

/** A positive number, evenly spread in its logarithm. */
export const magnitude = (low: number, high: number): fc.Arbitrary<number> =>
  between(Math.log(low), Math.log(high)).map(Math.exp);

/** A Chinchilla law with both terms falling. */
export const someLaw: fc.Arbitrary<FittedLaw> = fc.record({
  law: fc.constant(laws.chinchilla),
  coefficients: fc.record({
    E: between(0, 2.5),
    A: magnitude(1, 1e5),
    B: magnitude(1, 1e5),
    alpha: between(0.05, 0.8),
    beta: between(0.05, 0.8),
  }),
});
