/** Two families of known laws with shared exponents. */

import type { FittedLaw } from '../../src/laws/fitted-law.ts';
import { seededRandom } from '../../src/numeric/random.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import type { Runs } from '../../src/runs/runs.ts';

/** The laws behind {@link twoFamilies}. */
export const LAWS: Readonly<Record<string, FittedLaw['coefficients']>> = {
  one: { E: 1.7, A: 400, B: 500, alpha: 0.34, beta: 0.28 },
  two: { E: 1.9, A: 300, B: 700, alpha: 0.34, beta: 0.28 },
};

/** Rows of both families, 5 sizes at 4 ratios of tokens to parameters, with relative noise. */
export function twoFamilies(noise: number, seed = 1): Runs {
  const random = seededRandom(seed);
  const rows = Object.entries(LAWS).flatMap(([family, { E, A, B, alpha, beta }]) =>
    [5e7, 1.5e8, 5e8, 1.5e9, 5e9].flatMap((N) =>
      [5, 20, 80, 320].map((ratio) => {
        const D = ratio * N;
        return { family, N, D, loss: (E + A / N ** alpha + B / D ** beta) * Math.exp(noise * random.normal()) };
      }),
    ),
  );
  return readRuns(rows);
}
