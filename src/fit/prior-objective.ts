/**
 * An objective with a prior in it is again an objective, so the search need not know:
 *
 *     F(theta) + w / 2 sum_k z_k(theta)^2,    z = S theta - t
 *
 * Every coefficient that a line weighs is, on the solver's scale, a coordinate of its own, as where it is tied or fixed; so every z is
 * straight in theta. The kernel must have been asked for that (`uncentred`).
 */

import { ScalingLawsError } from '../errors.ts';
import type { Kernel, Law } from '../laws/law.ts';
import type { Problem } from '../numeric/newton.ts';
import type { Objective } from '../objective/objective.ts';
import type { Prior } from './prior.ts';

/** An objective, and how far the coefficients are from the prior. */
export interface PriorObjective extends Objective {
  /** z of each line: departures in widths. */
  departures(theta: Float64Array): Float64Array;
  /** The part of the objective that is the prior's. */
  priorValue(theta: Float64Array): number;
}

/** `base` with the lines of `prior`, each squared departure worth `weight` / 2. The penalty must not be `absolute`: its vertices are no minima here. */
export function withPrior(base: Objective, law: Law, prior: Prior, weight: number): PriorObjective {
  const { kernel } = base;
  const n = kernel.dimension;
  const { slopes, offset } = linesOf(kernel, law, prior);
  const z = new Float64Array(offset.length);
  // w S'S, the same everywhere.
  const curvature = new Float64Array(n * n);
  for (const slope of slopes) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) curvature[i * n + j] = curvature[i * n + j]! + weight * slope[i]! * slope[j]!;
  }

  function depart(theta: Float64Array): Float64Array {
    for (let k = 0; k < z.length; k++) {
      let sum = offset[k]!;
      for (let i = 0; i < n; i++) sum += slopes[k]![i]! * theta[i]!;
      z[k] = sum;
    }
    return z;
  }
  function priorValue(theta: Float64Array): number {
    depart(theta);
    let sum = 0;
    for (let k = 0; k < z.length; k++) sum += z[k]! * z[k]!;
    return (weight * sum) / 2;
  }
  const addCurvature = (matrix: Float64Array): void => {
    for (let i = 0; i < n * n; i++) matrix[i] = matrix[i]! + curvature[i]!;
  };

  return {
    ...base,
    value: (theta) => base.value(theta) + priorValue(theta),
    valueOf: (theta, predictions) => base.valueOf(theta, predictions) + priorValue(theta),
    atLevel(level): Problem {
      const problem = base.atLevel(level);
      return {
        ...problem,
        value: (theta) => problem.value(theta) + priorValue(theta),
        derivatives(gradient, hessian) {
          problem.derivatives(gradient, hessian);
          // z is that of the last value.
          for (let k = 0; k < z.length; k++) {
            for (let i = 0; i < n; i++) gradient[i] = gradient[i]! + weight * z[k]! * slopes[k]![i]!;
          }
          addCurvature(hessian);
        },
      };
    },
    information(theta) {
      const matrix = base.information(theta);
      addCurvature(matrix);
      return matrix;
    },
    departures: (theta) => Float64Array.from(depart(theta)),
    priorValue,
  };
}

/** Bends below this share of a line are rounding, or a power that may come near to 0 but not reach it. */
const STRAIGHT = 1e-6;

/**
 * Each z as slopes by the solver's coordinates and a constant, read off the kernel at 0 and at the unit vectors, and tried at one point more.
 *
 * @throws {ScalingLawsError} `E_OPTION` for a law whose own kernel bends what it should leave as it is.
 */
function linesOf(
  kernel: Kernel,
  { kind, solver }: Law,
  { lines }: Prior,
): { slopes: readonly Float64Array[]; offset: Float64Array } {
  const n = kernel.dimension;
  const zAt = (theta: Float64Array): Float64Array => {
    const coefficients = kernel.toCoefficients(theta);
    return Float64Array.from(lines, ({ weights, centre, width }) => {
      const terms = Object.entries(weights).map(([name, weight]) => {
        const value = coefficients[name]!;
        return weight * (solver[name]!.scale === 'log' ? Math.log(value) : value);
      });
      return (terms.reduce((sum, term) => sum + term, 0) - centre) / width;
    });
  };
  const offset = zAt(new Float64Array(n));
  const atUnits = Array.from({ length: n }, (_, i) => zAt(new Float64Array(n).fill(1, i, i + 1)));
  const slopes = lines.map((_, k) => Float64Array.from(atUnits, (z) => z[k]! - offset[k]!));
  zAt(new Float64Array(n).fill(1 / 2)).forEach((z, k) => {
    const straight = slopes[k]!.reduce((sum, slope) => sum + slope / 2, offset[k]!);
    const size = slopes[k]!.reduce((sum, slope) => sum + Math.abs(slope), Math.abs(offset[k]!));
    if (Math.abs(z - straight) <= STRAIGHT * size) return;
    const names = Object.keys(lines[k]!.weights).join(', ');
    throw new ScalingLawsError(
      'E_OPTION',
      `prior must be about coefficients that the kernel of ${kind} leaves as they are when asked to, got ${names}`,
      { option: 'prior', line: k },
    );
  });
  return { offset, slopes };
}
