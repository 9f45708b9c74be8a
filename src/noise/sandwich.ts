/**
 * Covariance of what a fit found, whatever the noise, as long as runs are independent of each other:
 *
 *     V = f H^-1 M H^-1,   H = sum_i w_i rho''(r_i) J_i J_i',   M = sum_runs s s',   s = sum_(i in run) w_i rho'(r_i) J_i,   f = G / (G - p)
 *
 * with J = dr / dtheta, G runs and p coefficients (Huber 1967; White 1982; Liang & Zeger 1986). Scores are added up over each run before
 * they are squared, so that rows of one run may err together in any way. f repays the p degrees of freedom that make residuals smaller than
 * errors; of single rows it is the HC1 of MacKinnon & White 1985. A weight is the influence that a row was given: it asks nothing of the noise.
 *
 * Where few rows lie on Huber's parabola, rho'' is nearly a delta function; it is then averaged over a window of residuals, as in
 * quantile regression (Powell 1991; Hall & Sheather 1988).
 */

import { normalQuantile } from '../numeric/distributions.ts';
import { inverseSymmetric, type Matrix, sandwich } from '../numeric/symmetric.ts';
import { weightedMedian } from '../numeric/weighted.ts';
import { levelOf, type Penalty } from '../objective/penalty.ts';
import type { Tangent } from './tangent.ts';

/** A fit's covariance in solver coordinates, with its parts. */
export interface Sandwich {
  /** V, over `free` of the tangent. */
  readonly covariance: Matrix;
  /** H^-1: a Gauss-Newton step is -H^-1 times a score. */
  readonly inverse: Matrix;
  /** Scores of each run, in the order of its units. */
  readonly scores: readonly (readonly number[])[];
  /** Runs less coefficients, at least 1. */
  readonly degreesOfFreedom: number;
}

/** Undefined where the rows do not determine the coefficients. */
export function sandwichOf(tangent: Tangent, penalty: Penalty): Sandwich | undefined {
  const { residuals, columns, weight, units } = tangent;
  const over = penalty.overestimateWeight ?? 1;
  const weighed = (r: number, i: number): number => (r > 0 ? over : 1) * weight[i]!;
  const bread = curvatures(tangent, penalty).map((value, i) => value * weighed(residuals[i]!, i));
  const inverse = inverseSymmetric(
    columns.map((one) => columns.map((two) => one.reduce((sum, x, i) => sum + bread[i]! * x * two[i]!, 0))),
  );
  if (!inverse) return undefined;
  const delta = levelOf(penalty);
  const slopes = residuals.map(
    (r, i) => weighed(r, i) * (delta === 0 ? Math.sign(r) : Math.min(Math.max(r, -delta), delta)),
  );
  const scores = units.map((unit) =>
    columns.map((column) => unit.reduce((sum, i) => sum + slopes[i]! * column[i]!, 0)),
  );
  const meat = columns.map((_, j) => columns.map((_, k) => scores.reduce((sum, s) => sum + s[j]! * s[k]!, 0)));
  const degreesOfFreedom = Math.max(units.length - columns.length, 1);
  const factor = units.length / degreesOfFreedom;
  const covariance = sandwich(inverse, meat).map((row) => row.map((value) => factor * value));
  return { covariance, inverse, scores, degreesOfFreedom };
}

/** rho'' of each residual, averaged over a window where too few residuals lie on the parabola. */
function curvatures({ residuals, weight }: Tangent, penalty: Penalty): Float64Array {
  const delta = levelOf(penalty);
  if (delta === Number.POSITIVE_INFINITY) return residuals.map(() => 1);
  const window = Math.max(delta, smoothingWindow(residuals, weight));
  const height = (delta === 0 ? 1 : delta) / window;
  return residuals.map((r) => (Math.abs(r) <= window ? height : 0));
}

/** Half-width of Hall & Sheather's window for the density of residuals at 0, on a robust scale; a weight of 2 is a row written twice. */
function smoothingWindow(residuals: Float64Array, weight: Float64Array): number {
  const n = weight.reduce((sum, value) => sum + value, 0);
  const scale = weightedMedian(residuals.map(Math.abs), weight) / normalQuantile(0.75);
  const atZero = 1 / (2 * Math.PI); // squared standard normal density at 0
  const share = n ** (-1 / 3) * normalQuantile(0.975) ** (2 / 3) * (1.5 * atZero) ** (1 / 3);
  return scale * normalQuantile(Math.min(0.5 + share, 0.99));
}
