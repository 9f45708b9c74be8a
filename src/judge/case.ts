/** What checks look at: an optimum with its rows, and, for those that need more, the residuals and the curvature there. */

import type { Coefficients, Kernel, Law } from '../laws/law.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import type { Runs } from '../runs/runs.ts';
import type { RivalOptimum } from './rivals.ts';
import type { BoundHit, FitStatus } from './status.ts';

/** How many starts agree. */
export interface StartCounts {
  /** Descents made, from the grid and by hops. */
  readonly tried: number;
  /** Descents that ended in a local minimum. */
  readonly converged: number;
  /** Descents that ended within 0.1% of the best objective, with coefficients alike. */
  readonly atBest: number;
}

/** Where a fit ended, on which rows. */
export interface Optimum {
  readonly law: Law;
  readonly kernel: Kernel;
  /** Which of them there are depends on the law. */
  readonly coefficients: Coefficients;
  /** The rows that entered. */
  readonly rows: Runs;
  readonly status: FitStatus;
  readonly starts: StartCounts;
  readonly objective: number;
  readonly rivals: readonly RivalOptimum[];
  /** What the user held fast. */
  readonly options: {
    readonly fixed: Coefficients;
    readonly tied: readonly (readonly string[])[];
    readonly prior?: unknown;
  };
}

/** An optimum on the table. */
export interface Case extends Optimum {
  readonly penalty: Penalty;
  readonly space: Space;
  /** sum w dr dr' at the optimum: J'J over the coordinates of `kernel`, row-major. */
  readonly information: Float64Array;
  /** Predicted minus observed, in the space of the fit, row by row. */
  readonly residuals: Float64Array;
  /** {@link robustSpread} of the residuals. */
  readonly spread: number;
  readonly onBound: readonly BoundHit[];
  /** The law fitted again to these of the rows; with the residuals of all rows, those left out included. */
  readonly refit: (kept: readonly number[]) => { coefficients: Coefficients; residuals: Float64Array };
}

/** Median of the size of a standard normal. */
const NORMAL_MEDIAN = 0.6745;

/**
 * Standard deviation that the bulk of `residuals` would have if it were normal: the median of their sizes over that of a standard normal.
 * The `fitted` smallest are left out, because that many rows can be met exactly by that many coefficients (as in Matlab's `robustfit`).
 */
export function robustSpread(residuals: ArrayLike<number>, fitted: number): number {
  const sizes = Float64Array.from(residuals, Math.abs)
    .sort()
    .subarray(Math.min(fitted, residuals.length - 1));
  return (sizes[(sizes.length - 1) >> 1]! + sizes[sizes.length >> 1]!) / 2 / NORMAL_MEDIAN;
}
