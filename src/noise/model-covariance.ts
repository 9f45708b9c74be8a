/**
 * Covariance of what a fit found, by the model of its noise: an offset of each run, and errors of its rows.
 *
 *     V = e H^-1 (within^2 J'W^2 J + between^2 sum_runs s s') H^-1,   H = J'W J,   s = sum_(i in run) w_i J_i
 *
 * e is what a Huber fit pays for its caution. Where the law is right this is known much better than the sandwich, which asks nothing of the
 * noise and knows it from the scores of a few dozen runs: of 47 rows a standard error of ln N* to 15% in place of 40%.
 */

import { normalCdf } from '../numeric/distributions.ts';
import { inverseSymmetric, type Matrix, sandwich } from '../numeric/symmetric.ts';
import { levelOf, type Penalty } from '../objective/penalty.ts';
import type { NoiseModel } from './noise-model.ts';
import type { Tangent } from './tangent.ts';

/** Over the coordinates of `tangent`; undefined where the rows do not determine them. */
export function modelCovariance(
  { columns, weight, units }: Tangent,
  noise: NoiseModel,
  penalty: Penalty,
): Matrix | undefined {
  const moment = (of: (i: number) => number): Matrix =>
    columns.map((one) => columns.map((two) => one.reduce((sum, x, i) => sum + of(i) * x * two[i]!, 0)));
  const inverse = inverseSymmetric(moment((i) => weight[i]!));
  if (!inverse) return undefined;
  const { between, within, residual } = noise;
  const sums = columns.map((column) => units.map((unit) => unit.reduce((sum, i) => sum + weight[i]! * column[i]!, 0)));
  const ofRows = moment((i) => weight[i]! ** 2);
  const caution = residual > 0 ? huberVariance(levelOf(penalty) / residual) : 1;
  const meat = ofRows.map((row, j) =>
    row.map((value, k) => {
      const ofRuns = between === null ? 0 : between ** 2 * sums[j]!.reduce((sum, x, g) => sum + x * sums[k]![g]!, 0);
      return caution * ((within ?? residual) ** 2 * value + ofRuns);
    }),
  );
  return sandwich(inverse, meat);
}

/**
 * Variance of a Huber fit to normal residuals over that of least squares: E psi^2 / (E psi')^2, psi cut at `level` standard deviations.
 * From pi / 2 at 0 to 1 at infinity. Huber 1964.
 */
function huberVariance(level: number): number {
  const c = Math.min(Math.max(level, 1e-3), 10);
  const inside = 2 * normalCdf(c) - 1;
  const density = Math.exp((-c * c) / 2) / Math.sqrt(2 * Math.PI);
  return (inside - 2 * c * density + c * c * (1 - inside)) / inside ** 2;
}
