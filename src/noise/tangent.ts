/** A fit at its optimum, as a linear model: residuals, what each coefficient does to them, weights, and which rows are one run. */

import { rowsByRun } from '../filters/groups.ts';
import type { Kernel } from '../laws/law.ts';
import type { Objective } from '../objective/objective.ts';
import type { Runs } from '../runs/runs.ts';

/** Residuals and their derivatives where a fit ended. */
export interface Tangent {
  /** Predicted minus observed in the space of the fit, row by row. */
  readonly residuals: Float64Array;
  /** dr / dtheta, one column for each coordinate in `free`. */
  readonly columns: readonly Float64Array[];
  /** Positions of the coordinates in the kernel. */
  readonly free: readonly number[];
  /** Weights of the rows. */
  readonly weight: Float64Array;
  /** Rows of each run, in order of training; single rows where no column names a run. */
  readonly units: readonly (readonly number[])[];
}

/** The linear model of `objective` at `theta`, over all coordinates. */
export function tangentAt(objective: Objective, theta: Float64Array, runs: Runs): Tangent {
  const { kernel, rows, space, weight } = objective;
  const residuals = new Float64Array(rows);
  objective.residuals(theta, residuals);
  const columns = Array.from(theta, () => new Float64Array(rows));
  const slopes = new Float64Array(kernel.dimension);
  for (let i = 0; i < rows; i++) {
    kernel.jacobian(i, slopes);
    const scale = space === 'log' ? 1 / objective.predictionAt(i) : 1;
    columns.forEach((column, k) => {
      column[i] = scale * slopes[k]!;
    });
  }
  return { residuals, columns, free: Array.from(theta.keys()), weight, units: rowsByRun(runs) };
}

/** The same over the coordinates that are not on a bound, and the one of coefficient `also`. */
export function offBounds(tangent: Tangent, kernel: Kernel, theta: Float64Array, also?: string): Tangent {
  const held = new Set(heldCoordinates(kernel, theta).map(({ at }) => at));
  const free = tangent.free.filter((k) => !held.has(k) || kernel.coordinates[k]!.name === also);
  return { ...tangent, free, columns: free.map((k) => tangent.columns[tangent.free.indexOf(k)]!) };
}

/** Coordinates on a bound, to rounding. */
export function heldCoordinates(
  kernel: Kernel,
  theta: Float64Array,
): readonly { readonly at: number; readonly bound: 'lower' | 'upper' }[] {
  return kernel.coordinates.flatMap((_, at): { at: number; bound: 'lower' | 'upper' }[] => {
    const near = 1e-9 * Math.max(1, Math.abs(theta[at]!));
    if (theta[at]! - kernel.lower[at]! <= near) return [{ at, bound: 'lower' }];
    return kernel.upper[at]! - theta[at]! <= near ? [{ at, bound: 'upper' }] : [];
  });
}
