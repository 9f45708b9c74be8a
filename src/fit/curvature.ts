/**
 * The covariance of a fit as points: coefficients one standard error to either side of it, along the principal axes of
 *
 *     V = sum_k s_k^2 v_k v_k'        theta_k+- = theta +- s_k v_k
 *
 * in the coordinates of the solver, with runs as units (noise/sandwich.ts). The variance of any number g of the law is then
 * sum_k ((g(theta_k+) - g(theta_k-)) / 2)^2: the delta method with steps as long as the error itself.
 */

import type { KeptUncertainty, RunNoise } from '../laws/kept-uncertainty.ts';
import { sandwichOf } from '../noise/sandwich.ts';
import type { Tangent } from '../noise/tangent.ts';
import { symmetricEigen } from '../numeric/eigen.ts';
import type { FitProblem } from './problem.ts';

/** The points; undefined where the rows do not determine the coefficients, or runs are no more than these. */
export function curvatureOf(
  { law, kernel, objective }: FitProblem,
  theta: Float64Array,
  tangent: Tangent,
  noise: RunNoise,
): KeptUncertainty | undefined {
  const { free, units } = tangent;
  if (units.length <= free.length) return undefined;
  const found = sandwichOf(tangent, objective.penalty);
  if (!found) return undefined;
  const { values, vectors } = symmetricEigen(found.covariance.flat(), free.length);
  const points = free.flatMap((_, k) =>
    [1, -1].map((side) => {
      const at = theta.slice();
      free.forEach((position, i) => {
        const moved = at[position]! + side * Math.sqrt(Math.max(values[k]!, 0)) * vectors[k]![i]!;
        at[position] = Math.min(Math.max(moved, kernel.lower[position]!), kernel.upper[position]!);
      });
      return kernel.toCoefficients(at);
    }),
  );
  const columns = law.coefficients.map((name) => [name, points.map((one) => one[name]!)] as const);
  // A direction along which a coefficient has no bound at all has no standard error.
  if (!columns.every(([, values]) => values.every(Number.isFinite))) return undefined;
  return {
    kind: 'curvature',
    degreesOfFreedom: found.degreesOfFreedom,
    noise,
    points: Object.fromEntries(columns),
  };
}
