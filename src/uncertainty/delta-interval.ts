/**
 * An interval from a covariance, by the delta method with steps of one standard error (fit/curvature.ts):
 *
 *     se^2 = sum_k ((g_k+ - g_k-) / 2)^2        ends: g -+ t se   or   g exp(-+ t se / g)
 *
 * on whichever scale the steps up and down are more alike, linear or logarithmic: a coefficient that moves evenly, or a size by factors.
 */

import type { Interval } from './intervals.ts';

/**
 * @param pairs - The quantity at the points: up and down the first direction, up and down the second, ...; NaN where it does not exist.
 * @param t - Quantile of Student's t for the level.
 */
export function deltaInterval(estimate: number, pairs: readonly number[], level: number, t: number): Interval {
  const missing = pairs.filter((value) => !Number.isFinite(value)).length;
  const steps = Array.from({ length: pairs.length / 2 }, (_, k) => [pairs[2 * k]!, pairs[2 * k + 1]!] as const).filter(
    ([up, down]) => Number.isFinite(up) && Number.isFinite(down),
  );
  const positive = estimate > 0 && steps.every(([up, down]) => up > 0 && down > 0);
  const plain = (value: number): number => value;
  const scale = positive && skew(estimate, steps, Math.log) < skew(estimate, steps, plain) ? Math.log : plain;
  const back = scale === Math.log ? Math.exp : plain;
  const error = Math.hypot(...steps.map(([up, down]) => (scale(up) - scale(down)) / 2));
  const open = missing > 0;
  return Object.freeze({
    estimate,
    lower: back(scale(estimate) - t * error),
    upper: back(scale(estimate) + t * error),
    standardError: scale === Math.log ? error * estimate : error,
    level,
    method: 'curvature',
    undefined: missing,
    open: { lower: open, upper: open },
  });
}

/** How unlike steps up and down are, over all directions, as a share of the steps. */
function skew(
  estimate: number,
  steps: readonly (readonly [up: number, down: number])[],
  scale: (value: number) => number,
): number {
  const of = (f: (up: number, down: number) => number): number =>
    Math.hypot(...steps.map(([up, down]) => f(scale(up), scale(down))));
  return of((up, down) => up + down - 2 * scale(estimate)) / of((up, down) => up - down);
}
