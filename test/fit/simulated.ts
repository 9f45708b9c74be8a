/**
 * The 30 runs that test/reference/fits.py simulates too: six sizes, five ratios, Besiroglu et al.'s law (rounded), and an error of
 * about 1% made of sines, so that both languages make the same rows without a common random number generator.
 */

import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { makeRuns } from '../filters/make-runs.ts';

export const TRUTH = { E: 1.8, A: 480, B: 2100, alpha: 0.35, beta: 0.37 } as const;

const SIZES = [5e7, 2e8, 6e8, 2e9, 5e9, 1.5e10];
const RATIOS = [3, 10, 30, 100, 400];

/** Error of row `i` in log loss. */
export const errorOfRow = (i: number): number => 0.02 * Math.sin(37 * i * i + i);

/** The runs; `weighted` gives row i the weight 1 + (i mod 3), `errors` multiplies the errors. */
export function simulated({ weighted = false, errors = 1 }: { weighted?: boolean; errors?: number } = {}): Runs {
  const points = SIZES.flatMap((N) => RATIOS.map((k) => ({ N, D: k * N })));
  const runs = makeRuns(points.length, {
    N: points.map(({ N }) => N),
    D: points.map(({ D }) => D),
    loss: points.map((point, i) => chinchilla.value(TRUTH, point) * Math.exp(errors * errorOfRow(i))),
  });
  return weighted ? { ...runs, weight: Float64Array.from(points, (_, i) => 1 + (i % 3)) } : runs;
}
