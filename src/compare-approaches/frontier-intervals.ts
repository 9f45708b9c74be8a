/** Intervals of approaches 1 and 2, whose replicates are frontiers and not laws. */

import { type Frontier, frontierAt } from '../approaches/power-law.ts';
import { ScalingLawsError } from '../errors.ts';
import { normalQuantile } from '../numeric/distributions.ts';
import type { Random } from '../numeric/random.ts';
import { type Interval, intervalOf } from '../uncertainty/intervals.ts';
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
  const draws = Array.from({ length: replicates }, (_, k) => redraw(replicateRandom(seed, k)));
  const exists = draws.filter((one) => one !== undefined).length;
  if (exists < Math.max(2, replicates / 2)) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      `the frontier must exist in half of the replicates, got ${exists} of ${replicates}`,
      { exists, replicates },
    );
  }
  const of = (quantity: (one: Frontier) => number): Interval =>
    intervalOf({
      estimate: quantity(frontier),
      drawn: draws.map((one) => (one ? quantity(one) : Number.NaN)),
      units: replicates,
      level,
      deviate: normalQuantile((1 + level) / 2),
    });
  return {
    a: of(({ N }) => N.exponent),
    b: of(({ D }) => D.exponent),
    N: of((one) => frontierAt(one, C).N),
    D: of((one) => frontierAt(one, C).D),
  };
}
