/**
 * Profile likelihood: how the best objective rises when one coefficient is held away from its optimum and all others adapt.
 *
 *     interval = { c : 2 (l_max - l(c)) / f <= t^2 },   f = V_robust / V_likelihood,   t the quantile of Student's t
 *
 * Unlike a standard error it sees that E cannot fall below 0 and that A has a long tail. The likelihood itself supposes independent rows with
 * the density that the penalty stands for; f, the variance of the coefficient by the sandwich over its variance by the likelihood, repays
 * what is wrong with that (Kent 1982, Biometrika 69, 19). Venzon & Moolgavkar 1988; likelihoods as in src/objective/noise.ts.
 */

import { refusal, ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { tangentOf } from '../fit/noise.ts';
import { fitProblem } from '../fit/problem.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { COARSE, searchNear } from '../fit/search.ts';
import { deepFreeze } from '../freeze.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { type Coefficients, isFloor } from '../laws/law.ts';
import { sandwichOf } from '../noise/sandwich.ts';
import { tQuantile } from '../numeric/distributions.ts';
import { bracketedRoot } from '../numeric/root.ts';
import { spanOf } from '../numeric/span.ts';
import { quadraticForm } from '../numeric/symmetric.ts';
import { concentratedLogLikelihood, likeliestScale } from '../objective/noise.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { coefficientJacobian } from './covariance.ts';
import { DEFAULT_LEVEL, level as levelField } from './intervals.ts';

/** One point of a profile. */
export interface ProfilePoint {
  /** Value at which the coefficient was held. */
  readonly value: number;
  /** Best objective with it held there. */
  readonly objective: number;
  /** 2 (l_max - l) / f: the calibrated likelihood-ratio statistic, a square of Student's t if the value were true. */
  readonly statistic: number;
  /** All coefficients there. */
  readonly coefficients: Coefficients;
}

/** A profile-likelihood interval. */
export interface ProfileInterval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** True where the likelihood never falls far enough before the coefficient's bound: the data do not bound it on that side. */
  readonly open: { readonly lower: boolean; readonly upper: boolean };
  readonly level: number;
  /** f: what the likelihood's own variance of this coefficient has to be multiplied by. */
  readonly inflation: number;
}

/** Hops of each re-fit: neighbours along the profile start each other, few surprises remain. */
const HOPS = 4;
/** Most doublings of the distance from the estimate before a side is called open. */
const MOST_DOUBLINGS = 30;

/** A profile, point by point, and what its statistic was divided by. */
interface Profiler {
  readonly at: (value: number) => ProfilePoint;
  readonly inflation: number;
  readonly degreesOfFreedom: number;
}

function profiler(fit: Fit<string>, runs: Runs, name: string): Profiler {
  const rows = rowsOf(fit, runs);
  const law = lawOf(fit);
  if (!law.coefficients.includes(name) || name in fit.options.fixed || fit.options.tied.flat().includes(name)) {
    throw refusal('name', `be a free, untied coefficient of ${law.kind}`, name);
  }
  const count = rows.weight?.reduce((sum, weight) => sum + weight, 0) ?? rows.length;
  const likelihood = (sum: number): number => concentratedLogLikelihood(sum, count, fit.objective.penalty);
  const best = likelihood(fit.objective.value);
  const { inflation, degreesOfFreedom } = inflationOf(fit, rows, name, count);
  const coarse = COARSE * fit.residuals.medianAbsolute;
  const bounds = Object.fromEntries(Object.entries(fit.options.bounds).filter(([other]) => other !== name));
  const known: { value: number; coefficients: Coefficients }[] = [
    { value: fit.coefficients[name]!, coefficients: fit.coefficients },
  ];
  const at = (value: number): ProfilePoint => {
    const settings = { ...fit.options, fixed: { ...fit.options.fixed, [name]: value }, bounds };
    const { kernel, objective, engine } = fitProblem(law, rows, settings);
    const nearest = known.reduce((near, one) =>
      Math.abs(one.value - value) < Math.abs(near.value - value) ? one : near,
    );
    const start = kernel
      .fromCoefficients({ ...nearest.coefficients, [name]: value })
      .map((x, i) => Math.min(Math.max(x, kernel.lower[i]!), kernel.upper[i]!));
    const found = searchNear(objective, engine, start, coarse, { hops: HOPS, seed: 1 });
    const coefficients = kernel.toCoefficients(found.theta);
    known.push({ value, coefficients });
    return {
      value,
      objective: found.value,
      statistic: Math.max(2 * (best - likelihood(found.value)), 0) / inflation,
      coefficients,
    };
  };
  return { at, inflation, degreesOfFreedom };
}

/** The variance of a coefficient by the sandwich, over that by the likelihood: scale x H^-1. */
function inflationOf(
  fit: Fit<string>,
  rows: Runs,
  name: string,
  count: number,
): Pick<Profiler, 'inflation' | 'degreesOfFreedom'> {
  const tangent = tangentOf(fit, rows, name);
  const { penalty, value } = fit.objective;
  const found = sandwichOf(tangent, penalty);
  if (!found) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      'profile: the rows must determine the coefficients, got a singular curvature',
      {},
    );
  }
  const [slopes] = coefficientJacobian(tangent, [name]);
  const naive = likeliestScale(value, count, penalty) * quadraticForm(found.inverse, slopes!);
  const { degreesOfFreedom } = found;
  return { inflation: quadraticForm(found.covariance, slopes!) / naive, degreesOfFreedom };
}

/**
 * The best objective with coefficient `name` held at each of `values`.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` if the coefficient is not free; `E_RUNS_MISMATCH`; `E_UNDEFINED` where the rows do not determine the coefficients.
 */
export function profile(
  fit: Fit<string>,
  runs: Runs,
  name: string,
  values: readonly number[],
): readonly ProfilePoint[] {
  return deepFreeze(values.map(profiler(fit, runs, name).at));
}

/**
 * Profile-likelihood interval of a coefficient.
 *
 * @param name - A coefficient that the fit was free to choose.
 * @param coverage - Nominal coverage in (0, 1); default {@link DEFAULT_LEVEL}.
 * @returns Estimate and ends; a side that the data do not bound is `open` and ends at the coefficient's bound.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_RUNS_MISMATCH`, `E_UNDEFINED`.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const { lower, estimate, upper } = profileInterval(fitScalingLaw(runs, { penalty: { kind: 'squared' } }), runs, 'alpha');
 * lower < estimate && estimate < upper // => true
 */
export function profileInterval(
  fit: Fit<string>,
  runs: Runs,
  name: string,
  coverage: number = DEFAULT_LEVEL,
): ProfileInterval {
  const level = check(levelField, coverage, 'level');
  const { at, inflation, degreesOfFreedom } = profiler(fit, runs, name);
  const threshold = tQuantile((1 + level) / 2, degreesOfFreedom) ** 2;
  const estimate = fit.coefficients[name]!;
  const rule = lawOf(fit).solver[name]!;
  const [low, high] = limitsOf(fit, runs, name);
  const excess = (value: number): number => at(value).statistic - threshold;

  /** The end on one side: step out until the likelihood has fallen far enough, then the root between the last two. */
  const end = (limit: number): { value: number; open: boolean } => {
    // Amplitudes span decades, so step in their logarithm.
    const logs = rule.scale === 'log' && estimate > 0;
    const to = (x: number): number => (logs ? Math.log(x) : x);
    const back = (x: number): number => (logs ? Math.exp(x) : x);
    const direction = limit > estimate ? 1 : -1;
    let inside = to(estimate);
    let step = direction * (logs ? 0.05 : 0.02 * Math.max(estimate, 0.05));
    for (let k = 0; k < MOST_DOUBLINGS; k++) {
      const next = to(estimate) + step;
      const beyond = direction > 0 ? back(next) >= limit : back(next) <= limit;
      const outside = beyond ? to(limit) : next;
      if (beyond && !Number.isFinite(outside)) return { value: limit, open: true };
      if (excess(back(outside)) > 0)
        return { value: back(bracketedRoot((x) => excess(back(x)), inside, outside)), open: false };
      if (beyond) return { value: limit, open: true };
      inside = outside;
      step *= 2;
    }
    return { value: limit, open: true };
  };
  const [lower, upper] = [end(low), end(high)];
  return deepFreeze({
    estimate,
    lower: lower.value,
    upper: upper.value,
    open: { lower: lower.open, upper: upper.open },
    level,
    inflation,
  });
}

/** Where the fit allowed coefficient `name` to lie. */
function limitsOf(fit: Fit<string>, runs: Runs, name: string): readonly [number, number] {
  const given = fit.options.bounds[name];
  if (given) return given;
  const { bounds, solver } = lawOf(fit);
  const [low, high] = bounds[name]!;
  // An irreducible loss is at most the lowest that was observed.
  return isFloor(solver[name]) ? [low, Math.min(high, spanOf(rowsOf(fit, runs).loss)[0])] : [low, high];
}
