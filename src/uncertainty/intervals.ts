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

import { quantileSorted, sampleStandardDeviation } from 'simple-statistics';
import { refusal, ScalingLawsError } from '../errors.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import type { KeptUncertainty } from '../laws/kept-uncertainty.ts';
import { normalCdf, normalQuantile, tQuantile } from '../numeric/distributions.ts';
import { check } from '../schema/check.ts';
import { choice, inside } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import type { Bootstrap } from './bootstrap.ts';
import { deltaInterval } from './delta-interval.ts';
import { openEnds } from './open-ends.ts';

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
  readonly method: IntervalSource;
  /** Replicates in which the quantity does not exist (a loss out of reach, no optimum); the interval is over the others. */
  readonly undefined: number;
  /** Ends that the replicates do not determine: another seed would put them elsewhere, or too many replicates have no such quantity. */
  readonly open: { readonly lower: boolean; readonly upper: boolean };
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
/** The same, and the way of a fit without replicates: from its covariance. */
export type IntervalSource = IntervalMethod | 'curvature';

/** A law that says how far to trust it: a bootstrap, or a fit. */
export type Replicated<Name extends string = string> = Bootstrap<Name> | FittedLaw<Name>;

/** What intervals under `law` are made of: its replicates if it is a bootstrap, else what it keeps. */
export function uncertaintyOf<Name extends string>(law: Replicated<Name>): KeptUncertainty<Name> | undefined {
  return 'draws' in law ? { kind: 'bootstrap', ...law } : law.uncertainty;
}

/** The number of replicates behind `law`; 0 where its intervals come from a covariance, or there are none. */
export function replicatesBehind(law: Replicated): number {
  const known = uncertaintyOf(law);
  return known?.kind === 'bootstrap' ? known.replicates : 0;
}

/**
 * Interval of any quantity of a law.
 *
 * @param replicated - A bootstrap, or a fit: with the replicates that it keeps (see `withBootstrap`), else with its covariance.
 * @param quantity - Function of a law to a number: a coefficient, a predicted loss, an optimum, a cost.
 * @param options - Nominal coverage and method.
 * @returns Estimate, ends, standard error, in how many replicates the quantity does not exist, and which ends are not determined.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_UNDEFINED` if the quantity exists in fewer than half of the replicates.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const boot = bootstrap(fitScalingLaw(runs), runs, { replicates: 200 });
 * intervals(boot, (law) => computeOptimal(law, { C: 1e21 }).N).estimate > 1e9 // => true
 */
export function intervals<Name extends string>(
  replicated: Replicated<Name>,
  quantity: (law: FittedLaw<Name>) => number,
  options: IntervalOptions = {},
): Interval {
  const found = jointIntervals(replicated, (law) => ({ value: quantity(law) }), options);
  const rule = 'keep replicates or a covariance';
  if (!found) throw refusal('law', rule, 'neither', 'make replicates with bootstrap, and keep them with withBootstrap');
  const { value } = found;
  const all = replicatesBehind(replicated);
  if (all - value.undefined >= Math.max(2, all / 2) || all === 0) return value;
  throw new ScalingLawsError(
    'E_UNDEFINED',
    `the quantity must exist in half of the replicates, got ${all - value.undefined} of ${all}`,
    { exists: all - value.undefined, replicates: all },
  );
}

/**
 * Intervals of all numbers that one computation gives, made once for each replicate.
 *
 * @param quantities - Function of a law to numbers by name.
 * @returns An interval for each; undefined where it is not known how far to trust the law.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`.
 */
export function jointIntervals<Name extends string, K extends string>(
  replicated: Replicated<Name>,
  quantities: (law: FittedLaw<Name>) => Readonly<Record<K, number>>,
  options: IntervalOptions = {},
): Readonly<Record<K, Interval>> | undefined {
  const { level, method } = check(intervalOptions, options);
  const known = uncertaintyOf(replicated);
  if (!known) return undefined;
  const { law, coefficients, fittedRange } = replicated;
  const form = lawOf(replicated);
  const itself = { law: typeof law === 'string' ? form : law, coefficients, ...(fittedRange && { fittedRange }) };
  const estimates = quantities(itself as FittedLaw<Name>);
  const over = (sets: Readonly<Record<Name, readonly number[]>>) => {
    const values = valuesOver(itself as FittedLaw<Name>, sets, quantities);
    return (name: K): number[] => values.map((one) => one?.[name] ?? Number.NaN);
  };
  const made = intervalsFrom(known, over, level, method);
  const names = Object.keys(estimates) as K[];
  return Object.freeze(
    Object.fromEntries(names.map((name) => [name, made(name, estimates[name])])) as Record<K, Interval>,
  );
}

/** How an interval is made from what is known. */
function intervalsFrom<Name extends string, K extends string>(
  known: KeptUncertainty<Name>,
  over: (sets: Readonly<Record<Name, readonly number[]>>) => (name: K) => number[],
  level: number,
  method: IntervalMethod,
): (name: K, estimate: number) => Interval {
  const { degreesOfFreedom } = known;
  const t = tQuantile((1 + level) / 2, degreesOfFreedom);
  if (known.kind === 'curvature') {
    const pairs = over(known.points);
    return (name, estimate) => deltaInterval(estimate, pairs(name), level, t);
  }
  const { units } = known;
  const deviate = Math.sqrt(units / degreesOfFreedom) * t;
  const [drawn, left] = [over(known.draws), method === 'bca' ? over(known.jackknife) : () => []];
  return (name, estimate) => intervalOf({ estimate, drawn: drawn(name), leftOut: left(name), units, level, deviate });
}

/** Intervals of all coefficients of the law. */
export function coefficientIntervals<Name extends string>(
  bootstrap: Replicated<Name>,
  options: IntervalOptions = {},
): Readonly<Record<string, Interval>> {
  const found = jointIntervals(bootstrap, ({ coefficients }) => coefficients, options) ?? {};
  const { bounds } = lawOf(bootstrap);
  // Steps of a covariance know no bounds.
  const within = ([name, one]: [string, Interval]): [string, Interval] => {
    const [low, high] = bounds[name]!;
    return [name, { ...one, lower: Math.max(one.lower, low), upper: Math.min(one.upper, high) }];
  };
  return Object.freeze(Object.fromEntries(Object.entries<Interval>(found).map(within)));
}

/** What spreads less than this, relatively, is one number: the rest is rounding. */
const ROUNDING = 1e-9;

/** Values of one quantity, NaN where it does not exist, and what its interval is made of. */
export interface QuantityValues {
  /** Of the fit itself. */
  readonly estimate: number;
  /** Over the replicates. */
  readonly drawn: readonly number[];
  /** With one unit left out; without any the interval is a percentile one. */
  readonly leftOut?: readonly number[];
  readonly units: number;
  /** Nominal coverage. */
  readonly level: number;
  /** The deviate that stands for the level: 1.96 for 95% of a normal distribution. */
  readonly deviate: number;
}

/** The interval of one quantity. */
export function intervalOf({ estimate, drawn, leftOut = [], units, level, deviate }: QuantityValues): Interval {
  const values = drawn.filter(Number.isFinite).sort((one, two) => one - two);
  const left = leftOut.filter(Number.isFinite);
  const missing = drawn.length - values.length;
  const bca = left.length > 1;
  const said = { estimate, level, method: bca ? 'bca' : 'percentile', undefined: missing } as const;
  if (values.length < 2) {
    const none = { lower: estimate, upper: estimate, standardError: Number.NaN, open: { lower: true, upper: true } };
    return Object.freeze({ ...said, ...none });
  }
  if (values.at(-1)! - values[0]! <= ROUNDING * Math.abs(estimate)) {
    const open = { lower: false, upper: false };
    return Object.freeze({ ...said, lower: estimate, upper: estimate, standardError: 0, open });
  }
  const corrected = bca ? bcaCorrection(values, left, estimate, units) : (z: number) => z;
  const shares = [normalCdf(corrected(-deviate)), normalCdf(corrected(deviate))] as const;
  const [lower, upper] = shares.map((share) => quantileSorted(values, share)) as [number, number];
  const standardError = sampleStandardDeviation(values);
  const open = openEnds({ values, shares, ends: [lower, upper], missing, level });
  return Object.freeze({ ...said, lower, upper, standardError, open });
}

/** The quantities in each replicate; undefined where they do not exist. */
function valuesOver<Name extends string, K extends string>(
  { law, fittedRange }: FittedLaw<Name>,
  draws: Readonly<Record<Name, readonly number[]>>,
  quantities: (law: FittedLaw<Name>) => Readonly<Record<K, number>>,
): (Readonly<Record<K, number>> | undefined)[] {
  const names = Object.keys(draws) as Name[];
  return draws[names[0]!]!.map((_, k) => {
    const coefficients = Object.fromEntries(
      names.map((name) => [name, draws[name]![k]!]),
    ) as FittedLaw<Name>['coefficients'];
    try {
      return quantities({ law, coefficients, ...(fittedRange && { fittedRange }) });
    } catch (error) {
      if (error instanceof ScalingLawsError) return undefined;
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
