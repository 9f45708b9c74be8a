/** The case that is diagnosed: a fit, its rows, and what several families of findings need to know about them. */

import type { Fit } from '../fit/fit.ts';
import { fitProblem } from '../fit/problem.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { type BoundHit, boundHits } from '../fit/status.ts';
import { lawOf } from '../laws/fitted-law.ts';
import type { Coefficients, Kernel, Law } from '../laws/law.ts';
import type { Runs } from '../runs/runs.ts';

/** A fit on the table. */
export interface Case {
  readonly fit: Fit<string>;
  /** Of the fit; which of them there are depends on the law. */
  readonly coefficients: Coefficients;
  /** The rows that entered it. */
  readonly rows: Runs;
  readonly law: Law;
  readonly kernel: Kernel;
  /** sum w dr dr' at the optimum: J'J over the coordinates of `kernel`, row-major. */
  readonly information: Float64Array;
  /** Predicted minus observed, in the space of the fit, row by row. */
  readonly residuals: Float64Array;
  /** {@link robustSpread} of the residuals. */
  readonly spread: number;
  readonly onBound: readonly BoundHit[];
}

/** Median of the size of a standard normal. */
const NORMAL_MEDIAN = 0.6745;

/**
 * Lays out the case.
 *
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if `runs` are not the rows behind the fit, nor the table they were filtered from.
 */
export function caseOf(fit: Fit<string>, runs: Runs): Case {
  const rows = rowsOf(fit, runs);
  const { law, kernel, objective } = fitProblem(lawOf(fit), rows, fit.options);
  // An amplitude of 0 has no logarithm: its coordinate is the bound.
  const theta = kernel
    .fromCoefficients(fit.coefficients)
    .map((value, i) => Math.min(Math.max(value, kernel.lower[i]!), kernel.upper[i]!));
  const residuals = new Float64Array(rows.length);
  objective.residuals(theta, residuals);
  return {
    fit,
    coefficients: fit.coefficients,
    rows,
    law,
    kernel,
    information: objective.information(theta),
    residuals,
    spread: robustSpread(residuals, kernel.dimension),
    onBound: boundHits(kernel, theta, fit.coefficients),
  };
}

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
