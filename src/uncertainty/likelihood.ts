/**
 * Tests of a fit against another law, with the probability model that its penalty stands for (src/objective/noise.ts).
 *
 * Besiroglu et al. 2024, arXiv:2404.10102, section 3.2.
 */

import { mean } from 'simple-statistics';
import { rowsByRun } from '../filters/groups.ts';
import type { Fit } from '../fit/fit.ts';
import { predictRows } from '../fit/law-columns.ts';
import { thetaOf } from '../fit/noise.ts';
import { type FitRows, fitProblem, freeCoefficients } from '../fit/problem.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { COARSE, searchNear } from '../fit/search.ts';
import { type FittedLaw, lawBehind, lawOf } from '../laws/fitted-law.ts';
import { chisquareTail } from '../numeric/distributions.ts';
import { spanOf } from '../numeric/span.ts';
import { concentratedLogLikelihood, countOf } from '../objective/noise.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { integer } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { replicateRandom } from './resample.ts';

/** How the test is calibrated. */
export const likelihoodRatioOptions = object('likelihood-ratio options', {
  replicates: optional(integer({ help: 'Redrawn tables by which the statistic is judged.' }, 19), 199),
  seed: optional(integer({ help: 'One seed, one answer.' }), 1),
});
/** How the test is calibrated. */
export type LikelihoodRatioOptions = Given<typeof likelihoodRatioOptions>;

/** A likelihood-ratio test of a fit against a law with given coefficients. */
export interface LikelihoodRatioTest {
  /** Twice the difference of the log-likelihoods. */
  readonly statistic: number;
  /** Number of coefficients that the fit was free to choose. */
  readonly degreesOfFreedom: number;
  /**
   * Mean of the statistic over tables for which the law is true, over its degrees of freedom: 1 where rows are independent and have the
   * density that the penalty stands for, some 2 for normal errors under the default Huber penalty, 5 and more for checkpoints.
   */
  readonly inflation: number;
  /** Chance of a statistic as large if the law were true, by redrawn tables. */
  readonly pValue: number;
  /** Tables that were redrawn. */
  readonly replicates: number;
  /** Log-likelihoods, each with its own fitted scale. */
  readonly logLikelihood: { readonly fit: number; readonly law: number };
}

/**
 * Log-likelihood of the rows behind `fit` under `law`: of their residuals in the space of the fit, with the density that belongs to its
 * penalty and the scale fitted. A weight counts as so many rows, and rows of one run as independent: compare it with nothing but others of
 * the same rows, and judge differences by {@link likelihoodRatioTest}.
 *
 * @param law - Default: the fit itself.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit.
 */
export function logLikelihood(fit: Fit<string>, runs: Runs, law: FittedLaw<string> = fit): number {
  return likelihoodOf(fit, rowsOf(fit, runs), law);
}

/** Of any rows. */
function likelihoodOf(fit: Fit<string>, rows: FitRows, law: FittedLaw<string>): number {
  // A law with free coefficients and no bounds of its own, to hold any coefficients at all; a prior says nothing of the rows.
  const { prior: _, ...settings } = fit.options;
  const { kernel, objective } = fitProblem(lawBehind(law), rows, { ...settings, fixed: {}, tied: [], bounds: {} });
  const sum = objective.value(kernel.fromCoefficients(law.coefficients));
  return concentratedLogLikelihood(sum, countOf(objective), fit.objective.penalty);
}

/**
 * Tests whether the rows behind a fit could come from a law with given coefficients.
 *
 * If they do, what is left over them is noise, and would be as probable with its sign reversed in any run. So the statistic is judged by
 * that of tables in which the runs keep or reverse their errors about the law at random, each fitted again: exact for errors that are
 * symmetric and independent between runs, whatever their density and however they hang together within a run. Beyond all of these tables
 * the chance is that of a multiple of chi-squared with their mean and variance.
 *
 * @param fit - The fit; its penalty says which density the likelihood takes.
 * @param runs - The rows behind it, or the table that it filtered.
 * @param law - The law under test, e.g. one of `publishedLaws`.
 * @returns Statistic, degrees of freedom, calibrated p-value, both log-likelihoods.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_RUNS_MISMATCH`. @throws {ScalingLawsError} If the law is unknown or its coefficients are not its own.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * likelihoodRatioTest(fitScalingLaw(runs), runs, publishedLaws.besiroglu2024).pValue < 0.001 // => true
 * @see Besiroglu et al. (2024), arXiv:2404.10102, section 3.2; Cameron, Gelbach & Miller (2008), on the wild cluster bootstrap with the null imposed.
 */
export function likelihoodRatioTest(
  fit: Fit<string>,
  runs: Runs,
  law: FittedLaw<string>,
  options: LikelihoodRatioOptions = {},
): LikelihoodRatioTest {
  const checked = check(likelihoodRatioOptions, options);
  const { replicates } = checked;
  const both = { fit: logLikelihood(fit, runs), law: logLikelihood(fit, runs, law) };
  const statistic = 2 * (both.fit - both.law);
  const degreesOfFreedom = freeCoefficients(lawOf(fit), fit.options);
  const redrawn = redrawnStatistics(fit, rowsOf(fit, runs), law, checked);
  const average = mean(redrawn);
  return Object.freeze({
    statistic,
    degreesOfFreedom,
    inflation: average / degreesOfFreedom,
    pValue: chanceOf(statistic, redrawn, average),
    replicates,
    logLikelihood: Object.freeze(both),
  });
}

/** The statistic of tables in which the law is true: its losses, with the errors of each run kept or reversed. */
function redrawnStatistics(
  fit: Fit<string>,
  rows: Runs,
  law: FittedLaw<string>,
  { replicates, seed }: Checked<typeof likelihoodRatioOptions>,
): number[] {
  const form = lawOf(fit);
  const log = fit.objective.space === 'log';
  const reversed = predictRows(law, rows).map((p, i) =>
    log ? (p * p) / rows.loss[i]! : Math.max(2 * p - rows.loss[i]!, Number.MIN_VALUE),
  );
  const units = rowsByRun(rows);
  // The law itself is where a re-fit begins, if it is of the fit's form.
  const { coefficients } = lawBehind(law).kind === form.kind ? law : fit;
  const [lowestLoss] = spanOf(rows.loss);
  const coarse = COARSE * fit.residuals.medianAbsolute;
  return Array.from({ length: replicates }, (_, k) => {
    const random = replicateRandom(seed, k);
    const loss = Float64Array.from(rows.loss);
    for (const unit of units) if (random.uniform() < 0.5) for (const i of unit) loss[i] = reversed[i]!;
    const table = { ...rows, loss, lowestLoss };
    const { kernel, objective, engine } = fitProblem(form, table, fit.options);
    const { value } = searchNear(objective, engine, thetaOf(kernel, coefficients), coarse, { hops: 0, seed: 1 });
    const ofFit = concentratedLogLikelihood(value, countOf(objective), fit.objective.penalty);
    return 2 * (ofFit - likelihoodOf(fit, table, law));
  });
}

/** Chance of a statistic as large as `statistic`, the table itself among those redrawn. */
function chanceOf(statistic: number, redrawn: readonly number[], average: number): number {
  const larger = redrawn.filter((one) => one >= statistic).length;
  const share = (1 + larger) / (1 + redrawn.length);
  const variance = mean(redrawn.map((one) => (one - average) ** 2));
  if (larger > 0 || !(average > 0 && variance > 0)) return share;
  return Math.min(share, chisquareTail((2 * average * statistic) / variance, (2 * average ** 2) / variance));
}
