/** Intervals of approaches 1 and 2, whose replicates are frontiers and not laws. */

import { quantileSorted, standardDeviation } from 'simple-statistics';
import { type Frontier, frontierAt } from '../approaches/power-law.ts';
import { ScalingLawsError } from '../errors.ts';
import type { Random } from '../numeric/random.ts';
import type { Interval } from '../uncertainty/intervals.ts';
import { replicateRandom } from '../uncertainty/resample.ts';

/** How often to redraw, from which seed, and what to say about it. */
export interface RedrawPlan {
  /** FLOPs. */
  readonly C: number;
  readonly level: number;
  readonly replicates: number;
  readonly seed: number;
}

/**
 * Percentile intervals of a frontier's exponents and of its optimum at `plan.C`.
 *
 * @param redraw - The frontier of one redrawn version of the rows; undefined where there is none.
 * @throws {ScalingLawsError} `E_UNDEFINED` if it exists in fewer than half of the replicates.
 */
export function intervalsOf(
  frontier: Frontier,
  redraw: (random: Random) => Frontier | undefined,
  { C, level, replicates, seed }: RedrawPlan,
): Record<'a' | 'b' | 'N' | 'D', Interval> {
  const draws = Array.from({ length: replicates }, (_, k) => redraw(replicateRandom(seed, k))).filter(
    (one) => one !== undefined,
  );
  if (draws.length < Math.max(2, replicates / 2)) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      `the frontier must exist in half of the replicates, got ${draws.length} of ${replicates}`,
      { exists: draws.length, replicates },
    );
  }
  const of = (quantity: (one: Frontier) => number): Interval => {
    const values = draws.map(quantity).sort((one, two) => one - two);
    return {
      estimate: quantity(frontier),
      lower: quantileSorted(values, (1 - level) / 2),
      upper: quantileSorted(values, (1 + level) / 2),
      standardError: standardDeviation(values) * Math.sqrt(values.length / (values.length - 1)),
      level,
      method: 'percentile',
      undefined: replicates - values.length,
    };
  };
  return {
    a: of(({ N }) => N.exponent),
    b: of(({ D }) => D.exponent),
    N: of((one) => frontierAt(one, C).N),
    D: of((one) => frontierAt(one, C).D),
  };
}
