/**
 * From replicates to intervals, for the coefficients and for everything computed from them: a loss, an optimum, a cost.
 *
 * Percentile intervals take the quantiles of the replicates. BCa intervals (Efron 1987) correct them for bias (z0) and for a standard
 * error that changes along the way (acceleration a, from the jackknife):
 *
 *     quantile at  Phi( z0 + (z0 + z) / (1 - a (z0 + z)) ),   z = Phi^-1 of the nominal level
 *
 * Few units make both too narrow, for two reasons that a linear model has as well: residuals of a fit are smaller than errors, and the
 * standard error is itself uncertain. So z is widened to sqrt(n / df) t, t the quantile of Student's t with df = n - p degrees of
 * freedom (Hesterberg 2015, arXiv:1411.5279, "expanded percentile"). At 24 units it is 2.35 in place of 1.96, at 240 2.00.
 */

import { quantileSorted, standardDeviation } from 'simple-statistics';
import { ScalingLawsError } from '../errors.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import { normalCdf, normalQuantile, tQuantile } from '../numeric/distributions.ts';
import { check } from '../schema/check.ts';
import { choice, inside } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import type { Bootstrap } from './bootstrap.ts';

/** A number with its uncertainty. */
export interface Interval {
  /** Value of the fit itself. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Standard deviation over the replicates. */
  readonly standardError: number;
  /** Nominal coverage. */
  readonly level: number;
  readonly method: IntervalMethod;
  /** Replicates in which the quantity does not exist (a loss out of reach, no optimum); the interval is over the others. */
  readonly undefined: number;
}

/** The usual coverage. */
export const DEFAULT_LEVEL = 0.95;

/** Nominal coverage of an interval. */
export const level = inside({ help: 'Nominal coverage of the intervals.', placeholder: 'share' });

/** Coverage and method of an interval. */
export const intervalOptions = object('interval options', {
  level: optional(level, DEFAULT_LEVEL),
  method: optional(
    choice(['bca', 'percentile'], { help: 'How the ends are found; percentile where there is no jackknife.' }),
    'bca',
  ),
});
export type IntervalOptions = Given<typeof intervalOptions>;
/** How the ends of an interval are found. */
export type IntervalMethod = NonNullable<IntervalOptions['method']>;

/**
 * Interval of any quantity of a law.
 *
 * @param bootstrap - Replicates of a fit.
 * @param quantity - Function of a law to a number: a coefficient, a predicted loss, an optimum, a cost.
 * @param options - Nominal coverage and method.
 * @returns Estimate, ends, standard error, and in how many replicates the quantity does not exist.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_UNDEFINED` if the quantity exists in fewer than half of the replicates.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const boot = bootstrap(fitScalingLaw(runs), runs, { replicates: 200 });
 * intervals(boot, (law) => computeOptimal(law, { C: 1e21 }).N).estimate > 1e9 // => true
 */
export function intervals<Name extends string>(
  bootstrap: Bootstrap<Name>,
  quantity: (law: FittedLaw<Name>) => number,
  options: IntervalOptions = {},
): Interval {
  const { level, method } = check(intervalOptions, options);
  const estimate = quantity(bootstrap);
  const all = valuesOver(bootstrap, bootstrap.draws, quantity);
  const values = all.filter(Number.isFinite).sort((one, two) => one - two);
  if (values.length < Math.max(2, all.length / 2)) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      `the quantity must exist in half of the replicates, got ${values.length} of ${all.length}`,
      { exists: values.length, replicates: all.length },
    );
  }
  const left = method === 'bca' ? valuesOver(bootstrap, bootstrap.jackknife, quantity).filter(Number.isFinite) : [];
  const bca = left.length > 1;
  const { units, degreesOfFreedom } = bootstrap;
  const z = Math.sqrt(units / degreesOfFreedom) * tQuantile((1 + level) / 2, degreesOfFreedom);
  const corrected = bca ? bcaCorrection(values, left, estimate, units) : (z: number) => z;
  return Object.freeze({
    estimate,
    lower: quantileSorted(values, normalCdf(corrected(-z))),
    upper: quantileSorted(values, normalCdf(corrected(z))),
    standardError: standardDeviation(values) * Math.sqrt(values.length / (values.length - 1)),
    level,
    method: bca ? 'bca' : 'percentile',
    undefined: all.length - values.length,
  });
}

/** Intervals of all coefficients of the law. */
export function coefficientIntervals<Name extends string>(
  bootstrap: Bootstrap<Name>,
  options: IntervalOptions = {},
): Readonly<Record<string, Interval>> {
  const names = Object.keys(bootstrap.draws) as Name[];
  return Object.freeze(
    Object.fromEntries(names.map((name) => [name, intervals(bootstrap, (law) => law.coefficients[name], options)])),
  );
}

/** The quantity in each replicate; NaN where it does not exist. */
function valuesOver<Name extends string>(
  bootstrap: Bootstrap<Name>,
  draws: Bootstrap<Name>['draws'],
  quantity: (law: FittedLaw<Name>) => number,
): number[] {
  const { fittedRange } = bootstrap;
  const law = lawOf(bootstrap);
  const names = Object.keys(draws) as Name[];
  return draws[names[0]!]!.map((_, k) => {
    const coefficients = Object.fromEntries(
      names.map((name) => [name, draws[name]![k]!]),
    ) as FittedLaw<Name>['coefficients'];
    try {
      return quantity({ law, coefficients, ...(fittedRange && { fittedRange }) });
    } catch (error) {
      if (error instanceof ScalingLawsError) return Number.NaN;
      throw error;
    }
  });
}

/** Efron's correction of a normal deviate, from `values` of the replicates and `left` of the jackknife over `units` or some of them. */
function bcaCorrection(
  values: readonly number[],
  left: readonly number[],
  estimate: number,
  units: number,
): (z: number) => number {
  const n = values.length;
  let below = 0;
  for (const value of values) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  const z0 = normalQuantile(Math.min(Math.max(below / n, 0.5 / n), 1 - 0.5 / n));
  const mean = left.reduce((sum, value) => sum + value, 0) / left.length;
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  // Sums over some of the units stand for sums over all.
  const share = Math.sqrt(left.length / units);
  const acceleration = squares > 0 ? (share * cubes) / (6 * squares ** 1.5) : 0;
  return (z) => {
    const stretch = 1 - acceleration * (z0 + z);
    // Beyond the pole of the correction lies the last replicate.
    return stretch > 0 ? z0 + (z0 + z) / stretch : Math.sign(z) * Number.POSITIVE_INFINITY;
  };
}
