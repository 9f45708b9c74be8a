/** A fit at its optimum, as a linear model: residuals, what each coefficient does to them, weights, and which rows are one run. */

import { rowsByRun } from '../filters/groups.ts';
import type { Objective } from '../objective/objective.ts';
import type { Runs } from '../runs/runs.ts';

/** Residuals and their derivatives where a fit ended. */
export interface Tangent {
  /** Predicted minus observed in the space of the fit, row by row. */
  readonly residuals: Float64Array;
  /** dr / dtheta, one column for each coordinate that may move. */
  readonly columns: readonly Float64Array[];
  /** Positions of these coordinates in the kernel. */
  readonly free: readonly number[];
  /** Weights of the rows. */
  readonly weight: Float64Array;
  /** Rows of each run, in order of training; single rows where no column names a run. */
  readonly units: readonly (readonly number[])[];
}

/** The linear model of `objective` at `theta`, over the coordinates that are not on a bound, and the one of coefficient `also`. */
export function tangentAt(objective: Objective, theta: Float64Array, runs: Runs, also?: string): Tangent {
  const { kernel, rows, space, weight } = objective;
  const free = Array.from(theta.keys()).filter((k) => {
    if (kernel.coordinates[k]!.name === also) return true;
    const near = 1e-9 * Math.max(1, Math.abs(theta[k]!));
    return theta[k]! - kernel.lower[k]! > near && kernel.upper[k]! - theta[k]! > near;
  });
  const residuals = new Float64Array(rows);
  objective.residuals(theta, residuals);
  const columns = free.map(() => new Float64Array(rows));
  const slopes = new Float64Array(kernel.dimension);
  for (let i = 0; i < rows; i++) {
    kernel.jacobian(i, slopes);
    const scale = space === 'log' ? 1 / objective.predictionAt(i) : 1;
    free.forEach((k, j) => {
      columns[j]![i] = scale * slopes[k]!;
    });
  }
  return { residuals, columns, free, weight, units: rowsByRun(runs) };
}
