/** Rows for the tests of objectives: Chinchilla's law over a few runs, with residuals of the caller's choice. */

import { chinchilla } from '../../src/laws/chinchilla.ts';
import { kernelOf } from '../../src/laws/kernel.ts';
import type { Kernel } from '../../src/laws/law.ts';
import type { Space } from '../../src/objective/penalty.ts';

export const POINTS: readonly { readonly N: number; readonly D: number }[] = [
  { N: 1e8, D: 5e8 },
  { N: 1e8, D: 2e10 },
  { N: 5e8, D: 1e10 },
  { N: 2e9, D: 4e10 },
  { N: 8e9, D: 3e10 },
  { N: 1e10, D: 1e12 },
];

export const COEFFICIENTS = { E: 1.7, A: 400, B: 900, alpha: 0.34, beta: 0.31 } as const;

/** Kernel over {@link POINTS}; coefficients named in `uncentred` keep their own units. */
export function kernelOfPoints(...uncentred: readonly string[]): Kernel {
  return kernelOf(
    chinchilla,
    {
      length: POINTS.length,
      variables: {
        N: Float64Array.from(POINTS, ({ N }) => N),
        D: Float64Array.from(POINTS, ({ D }) => D),
      },
      lowestLoss: 2,
    },
    { fixed: new Set(), uncentred: new Set(uncentred), bounds: {} },
  );
}

/** Losses such that the residuals at {@link COEFFICIENTS} are `residuals`. */
export const lossesFor = (residuals: readonly number[], space: Space): Float64Array =>
  Float64Array.from(POINTS, (point, i) => {
    const predicted = chinchilla.value(COEFFICIENTS, point);
    return space === 'log' ? predicted * Math.exp(-residuals[i]!) : predicted - residuals[i]!;
  });
