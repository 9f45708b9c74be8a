/**
 * The probability model behind a penalty, and tests of a fit against another law with it.
 *
 * A sum of penalties S is, up to its scale, a negative log-likelihood of independent residuals with density
 *
 *     exp(-rho(r) / t) / Z(t)        squared: normal, t = sigma^2     absolute: Laplace     huber: normal core, exponential tails
 *
 * The scale t is fitted beside the coefficients. For Huber's, with k = delta / sqrt(t), Z = sqrt(t) (sqrt(2 pi) (1 - 2 Q(k)) +
 * 2 exp(-k^2 / 2) / k), Q the upper normal tail: Besiroglu et al. 2024 (arXiv:2404.10102), data_analysis.ipynb.
 */

import type { Fit } from '../fit/fit.ts';
import { fitProblem, freeCoefficients } from '../fit/problem.ts';
import { rowsBehind } from '../fit/rows-behind.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { checkCoefficients, lawNamed } from '../laws/registry.ts';
import { chisquareTail, normalCdf } from '../numeric/distributions.ts';
import type { Penalty } from '../objective/penalty.ts';
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
 * Log-likelihood of the rows behind `fit` under `law`, with the density that belongs to the fit's penalty and its scale fitted.
 *
 * @param law - Default: the fit itself.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit.
 */
export function logLikelihood(fit: Fit<string>, runs: Runs, law: FittedLaw<string> = fit): number {
  const rows = rowsBehind(fit, runs);
  checkCoefficients(lawNamed(law.law), law.coefficients);
  // A law with free coefficients and no bounds of its own, to hold any coefficients at all.
  const { kernel, objective } = fitProblem(rows, { ...fit.options, law: law.law, fixed: {}, tied: [], bounds: {} });
  const sum = objective.value(kernel.fromCoefficients(law.coefficients));
  return concentratedLogLikelihood(sum, rows.length, fit.objective.penalty);
}

/** Log-likelihood of `n` residuals whose penalties add up to `sum`, at the scale that makes it largest. */
export function concentratedLogLikelihood(sum: number, n: number, penalty: Penalty): number {
  switch (penalty.kind) {
    case 'squared':
      return -(n / 2) * (Math.log((2 * Math.PI * 2 * sum) / n) + 1);
    case 'absolute':
      return -n * (Math.log((2 * sum) / n) + 1);
    case 'huber':
      return huberLogLikelihood(sum, n, penalty.delta);
    default:
      return penalty satisfies never;
  }
}

/** Maximum over ln t of -S / t - n ln Z(t), by golden-section search: one smooth peak. */
function huberLogLikelihood(sum: number, n: number, delta: number): number {
  const at = (logScale: number): number => {
    const root = Math.exp(logScale / 2);
    const k = delta / root;
    const core = Math.sqrt(2 * Math.PI) * (1 - 2 * normalCdf(-k));
    return -sum / root ** 2 - n * (Math.log(core + (2 * Math.exp((-k * k) / 2)) / k) + logScale / 2);
  };
  // Between the scale of pure tails, S / n, and far beyond that of a pure core, 2 S / n.
  return goldenMaximum(at, Math.log(sum / n) - 3, Math.log(sum / n) + 6);
}

/** Value of the one maximum of `f` between `low` and `high`. */
function goldenMaximum(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  let [x, y] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [fx, fy] = [f(x), f(y)];
  while (b - a > 1e-9) {
    if (fx > fy) {
      [b, y, fy] = [y, x, fx];
      x = b - ratio * (b - a);
      fx = f(x);
    } else {
      [a, x, fx] = [x, y, fy];
      y = a + ratio * (b - a);
      fy = f(y);
    }
  }
  return Math.max(fx, fy);
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
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, design: { kind: 'sardana' }, seed: 1 });
 * likelihoodRatioTest(fitScalingLaw(runs), runs, publishedLaws.besiroglu2024).pValue < 0.001 // => true
 * @see Besiroglu et al. (2024), arXiv:2404.10102, section 3.2.
 */
export function likelihoodRatioTest(fit: Fit<string>, runs: Runs, law: FittedLaw<string>): LikelihoodRatioTest {
  const both = { fit: logLikelihood(fit, runs), law: logLikelihood(fit, runs, law) };
  const statistic = 2 * (both.fit - both.law);
  const degreesOfFreedom = freeCoefficients(lawNamed(fit.law), fit.options);
  return Object.freeze({
    statistic,
    degreesOfFreedom,
    pValue: chisquareTail(Math.max(statistic, 0), degreesOfFreedom),
    logLikelihood: Object.freeze(both),
  });
}
