/**
 * Tests of a fit against another law, with the probability model that its penalty stands for (src/objective/noise.ts).
 *
 * Besiroglu et al. 2024, arXiv:2404.10102, section 3.2.
 */

import type { Fit } from '../fit/fit.ts';
import { fitProblem, freeCoefficients } from '../fit/problem.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { type FittedLaw, lawBehind, lawOf } from '../laws/fitted-law.ts';
import { chisquareTail } from '../numeric/distributions.ts';
import { concentratedLogLikelihood, countOf } from '../objective/noise.ts';
import type { Runs } from '../runs/runs.ts';

/** A likelihood-ratio test of a fit against a law with given coefficients. */
export interface LikelihoodRatioTest {
  /** Twice the difference of the log-likelihoods. */
  readonly statistic: number;
  /** Number of coefficients that the fit was free to choose. */
  readonly degreesOfFreedom: number;
  /** Chance of a statistic as large if the law were true. */
  readonly pValue: number;
  /** Log-likelihoods, each with its own fitted scale. */
  readonly logLikelihood: { readonly fit: number; readonly law: number };
}

/**
 * Log-likelihood of the rows behind `fit` under `law`: of their residuals in the space of the fit, with the density that belongs to its
 * penalty and the scale fitted. A weight counts as so many rows.
 *
 * @param law - Default: the fit itself.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit.
 */
export function logLikelihood(fit: Fit<string>, runs: Runs, law: FittedLaw<string> = fit): number {
  const rows = rowsOf(fit, runs);
  const form = lawBehind(law);
  // A law with free coefficients and no bounds of its own, to hold any coefficients at all; a prior says nothing of the rows.
  const { prior: _, ...settings } = fit.options;
  const { kernel, objective } = fitProblem(form, rows, { ...settings, fixed: {}, tied: [], bounds: {} });
  const sum = objective.value(kernel.fromCoefficients(law.coefficients));
  return concentratedLogLikelihood(sum, countOf(objective), fit.objective.penalty);
}

/**
 * Tests whether the rows behind a fit could come from a law with given coefficients.
 *
 * @param fit - The fit; its penalty says which density the residuals have.
 * @param runs - The rows behind it, or the table that it filtered.
 * @param law - The law under test, e.g. one of `publishedLaws`.
 * @returns Statistic, degrees of freedom, p-value, both log-likelihoods.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH`. @throws {ScalingLawsError} If the law is unknown or its coefficients are not its own.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * likelihoodRatioTest(fitScalingLaw(runs), runs, publishedLaws.besiroglu2024).pValue < 0.001 // => true
 * @see Besiroglu et al. (2024), arXiv:2404.10102, section 3.2.
 */
export function likelihoodRatioTest(fit: Fit<string>, runs: Runs, law: FittedLaw<string>): LikelihoodRatioTest {
  const both = { fit: logLikelihood(fit, runs), law: logLikelihood(fit, runs, law) };
  const statistic = 2 * (both.fit - both.law);
  const degreesOfFreedom = freeCoefficients(lawOf(fit), fit.options);
  return Object.freeze({
    statistic,
    degreesOfFreedom,
    pValue: chisquareTail(Math.max(statistic, 0), degreesOfFreedom),
    logLikelihood: Object.freeze(both),
  });
}
