/** The noise about a fit, and the fit as a linear model at its optimum. */

import { lawOf } from '../laws/fitted-law.ts';
import type { Kernel } from '../laws/law.ts';
import { type NoiseModel, noiseModel } from '../noise/noise-model.ts';
import { offBounds, type Tangent, tangentAt } from '../noise/tangent.ts';
import type { Runs } from '../runs/runs.ts';
import type { Fit } from './fit.ts';
import { type FitProblem, fitProblem } from './problem.ts';
import { rowsOf } from './rows-of.ts';

/**
 * The noise of runs about the law fitted to them: how much of it a whole run shares, and what a row is therefore worth.
 *
 * @param fit - A fit of this library.
 * @param runs - The rows behind it, or the table that it filtered.
 * @returns Standard deviations between and within runs in the space of the fit, the intraclass correlation, and the effective number of rows.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit.
 * @example
 * const noise = { kind: 'log-normal', sd: 0.001, runEffect: 0.01 };
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: 'sardana', checkpoints: 20, noise, seed: 1 });
 * const { rows, effectiveRows } = noiseOf(fitScalingLaw(runs), runs);
 * [rows, Math.round(effectiveRows / 10) * 10] // => [940, 50]
 * @see Henderson (1953), Biometrics 9, 226; Kish (1965), "Survey Sampling", section 8.2.
 */
export function noiseOf(fit: Fit<string>, runs: Runs): NoiseModel {
  return Object.freeze(noiseModel(tangentOf(fit, runs)));
}

/** A fit as a linear model of its rows, with the problem behind it. */
export interface TangentOfFit extends Tangent {
  readonly problem: FitProblem;
  /** Where the fit ended. */
  readonly theta: Float64Array;
}

/** A fit as a linear model of its rows, over the coefficients that are not on a bound, and over `also`. */
export function tangentOf(fit: Fit<string>, runs: Runs, also?: string): TangentOfFit {
  const rows = rowsOf(fit, runs);
  const problem = fitProblem(lawOf(fit), rows, fit.options);
  const theta = thetaOf(problem.kernel, fit.coefficients);
  return { ...offBounds(tangentAt(problem.ofRows, theta, rows), problem.kernel, theta, also), problem, theta };
}

/** Solver coordinates of fitted coefficients. An amplitude of 0 has no logarithm: its coordinate is the bound. */
export function thetaOf(kernel: Kernel, coefficients: Fit<string>['coefficients']): Float64Array {
  return kernel
    .fromCoefficients(coefficients)
    .map((value, i) => Math.min(Math.max(value, kernel.lower[i]!), kernel.upper[i]!));
}
