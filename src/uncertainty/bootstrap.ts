/**
 * Bootstrap of a fit: the law re-fitted to many redrawn versions of its rows, as a measure of how far the coefficients, and everything
 * computed from them, would move with other runs of the same kind.
 *
 * Efron & Tibshirani 1993, "An Introduction to the Bootstrap"; over scaling laws Besiroglu et al. 2024, arXiv:2404.10102.
 */

import { ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { predictRows } from '../fit/law-columns.ts';
import { freeCoefficients } from '../fit/problem.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { COARSE } from '../fit/search.ts';
import { deepFreeze } from '../freeze.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import { type FittedLaw, lawOf, withLaw } from '../laws/fitted-law.ts';
import type { KeptReplicates } from '../laws/kept-uncertainty.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { custom, integer } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { JUMP, type ReplicatePlan, type Replicates, runReplicates, type Task } from './replicate.ts';
import { defaultResample, resample, unitsOf } from './resample.ts';

/** Enough for the ends of a 95% interval; Besiroglu et al. 2024 use 4,000. */
export const DEFAULT_REPLICATES = 1000;

/** Stops long work. */
export const signal = custom<AbortSignal>(
  'be an AbortSignal',
  (value) => typeof value === 'object' && value !== null && 'aborted' in value,
  { help: 'Stops the work with an E_ABORTED error.', flag: null },
);

/** Hears how far long work has come. */
export const onProgress = custom<(done: number) => void>('be a function', (value) => typeof value === 'function', {
  help: 'Called now and then with the share that is done, in [0, 1].',
  flag: null,
});

/** How to resample. */
export const bootstrapOptions = object('bootstrap options', {
  replicates: optional(
    integer({ help: 'Number of re-fits to redrawn rows.', placeholder: 'k' }, 2),
    DEFAULT_REPLICATES,
  ),
  resample: optional(resample),
  seed: optional(
    integer({ help: 'Seed of the random numbers; one seed gives one answer.', placeholder: 'integer' }),
    1,
  ),
  signal: optional(signal),
  onProgress: optional(onProgress),
});
/** How to resample. Absent `resample`: whole runs where some run has several rows, else rows. */
export type BootstrapOptions = Given<typeof bootstrapOptions>;

/** Format of a saved bootstrap. */
export const BOOTSTRAP_SCHEMA = 'scaling-laws/bootstrap@1';

/** Replicates of a fit: plain frozen data. */
export interface Bootstrap<Name extends string = ChinchillaCoefficient>
  extends Omit<FittedLaw<Name>, 'uncertainty'>,
    KeptReplicates<Name> {
  readonly schema: typeof BOOTSTRAP_SCHEMA;
  /** Name of the law. */
  readonly law: string;
}

/** Hops of a replicate where the landscape is rugged: with 8, one re-fit in twenty of the hardest set is not that of a full search. */
const HOPS = 16;
/** Replicates tried both with and without hops; if hops find a better basin in as many as {@link RUGGED} of them, all get hops. */
const PILOT = 40;
const PILOT_HOPS = 8;
const RUGGED = 2;
/** Replicates between two reports of progress. */
export const SLICE = 50;
/** Units left out one at a time at the most; with more of them, as many evenly spaced ones stand for all. */
const MOST_JACKKNIFE = 500;

/** The work of a bootstrap, ready to be done in slices. */
export interface BootstrapWork<Name extends string = ChinchillaCoefficient> {
  readonly fit: Fit<Name>;
  readonly plan: ReplicatePlan;
  readonly replicates: number;
}

/**
 * Bootstraps a fit.
 *
 * Every replicate starts at the fit's optimum and is followed down to the penalty like the fit itself. Whether it also needs hops to
 * find a better basin is learnt on a pilot of the first replicates.
 *
 * @param fit - A fit of this library.
 * @param runs - The rows behind it, or the table that it filtered.
 * @returns Replicates of the coefficients; see `intervals`, `coefficientIntervals`, `bootstrapCovariance`.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`; `E_RUNS_MISMATCH` if these are not the rows behind the fit; `E_ABORTED` if the signal says so.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const boot = bootstrap(fitScalingLaw(runs), runs, { replicates: 200, seed: 1 });
 * const loss = intervals(boot, (law) => predictor(law).loss({ N: 3e9, D: 6e10 }));
 * loss.lower < loss.estimate && loss.estimate < loss.upper // => true
 * @see Besiroglu et al. (2024), arXiv:2404.10102, section 3.
 */
export function bootstrap<Name extends string>(
  fit: Fit<Name>,
  runs: Runs,
  options: BootstrapOptions = {},
): Bootstrap<Name> {
  const work = bootstrapWork(fit, runs, options);
  const law = lawOf(fit);
  const total = work.replicates + work.plan.leftOut.length;
  const inSlices = (task: Task, count: number, before: number): Replicates[] => {
    const slices: Replicates[] = [];
    for (let from = 0; from < count; from += SLICE) {
      stopIfAborted(options.signal);
      slices.push(runReplicates(law, work.plan, task, from, Math.min(from + SLICE, count)));
      options.onProgress?.((before + Math.min(from + SLICE, count)) / total);
    }
    return slices;
  };
  const draws = inSlices('draws', work.replicates, 0);
  return assembleBootstrap(work, draws, inSlices('jackknife', work.plan.leftOut.length, work.replicates));
}

/** Throws `E_ABORTED` where the caller's signal asks for it. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ScalingLawsError('E_ABORTED', 'the work was stopped by its signal', {});
}

/** Checks the options, finds the rows, and learns on a pilot how much search the replicates need. */
export function bootstrapWork<Name extends string>(
  fit: Fit<Name>,
  runs: Runs,
  options: BootstrapOptions,
): BootstrapWork<Name> {
  const { replicates, seed, ...asked } = check(bootstrapOptions, options);
  const rows = rowsOf(fit, runs);
  const drawn = asked.resample ?? defaultResample(rows);
  const units = unitsOf(rows, drawn);
  const { length, N, D, C, loss, U, weight, extra } = rows;
  const law = lawOf(fit);
  const others = law.variables.filter((name) => Object.hasOwn(extra, name));
  const plan: ReplicatePlan = {
    rows: {
      length,
      N,
      D,
      C,
      loss,
      ...(U && { U }),
      ...(weight && { weight }),
      ...(others.length > 0 && { extra: Object.fromEntries(others.map((name) => [name, extra[name]!])) }),
    },
    units,
    leftOut: drawn === 'residuals' ? new Int32Array(0) : evenly(units.length, MOST_JACKKNIFE),
    resample: drawn,
    settings: fit.options,
    coefficients: fit.coefficients,
    predicted: predictRows(fit, rows),
    coarse: COARSE * fit.residuals.medianAbsolute,
    hops: HOPS,
    seed,
  };
  const hasty = { ...plan, hops: 0 };
  const thorough = { ...plan, hops: PILOT_HOPS };
  const pilot = Math.min(PILOT, replicates);
  const [plain, searched] = [hasty, thorough].map((one) => runReplicates(law, one, 'draws', 0, pilot).objectives);
  const missed = plain!.filter((objective, k) => objective > searched![k]! * (1 + JUMP)).length;
  return { fit, plan: missed < RUGGED ? hasty : plan, replicates };
}

/** `most` positions out of `count`, evenly spaced, or all of them. */
function evenly(count: number, most: number): Int32Array {
  const taken = Math.min(count, most);
  return Int32Array.from({ length: taken }, (_, k) => Math.floor((k * count) / taken));
}

/** A size has rows of its own to tell what tokens do, so sizes are counted like the clusters of a cluster-robust error. */
function degreesOfFreedom(fit: Fit<string>, { units, resample }: ReplicatePlan): number {
  const spent = resample === 'sizes' ? 1 : freeCoefficients(lawOf(fit), fit.options);
  return Math.max(units.length - spent, 1);
}

/** Puts the slices of a bootstrap, in order, into one result. */
export function assembleBootstrap<Name extends string>(
  { fit, plan, replicates }: BootstrapWork<Name>,
  draws: readonly Replicates[],
  jackknife: readonly Replicates[],
): Bootstrap<Name> {
  const law = lawOf(fit);
  const names = law.coefficients;
  const columns = (slices: readonly Replicates[]): Record<string, number[]> =>
    Object.fromEntries(
      names.map((name, j) => [
        name,
        slices.flatMap(({ values }) => Array.from(values).filter((_, i) => i % names.length === j)),
      ]),
    );
  const total = (count: (slice: Replicates) => number): number => draws.reduce((sum, slice) => sum + count(slice), 0);
  const result = {
    schema: BOOTSTRAP_SCHEMA,
    law: fit.law,
    coefficients: fit.coefficients,
    ...(fit.lossUnit && { lossUnit: fit.lossUnit }),
    fittedRange: fit.fittedRange,
    resample: plan.resample,
    seed: plan.seed,
    replicates,
    units: plan.units.length,
    degreesOfFreedom: degreesOfFreedom(fit, plan),
    jumped: total((slice) => slice.jumped),
    failed: total((slice) => slice.failed),
    ...(fit.noise && { noise: { space: fit.objective.space, standardDeviation: fit.noise.residual } }),
    draws: columns(draws),
    jackknife: columns(jackknife),
  };
  return deepFreeze(withLaw(result, law)) as unknown as Bootstrap<Name>;
}
