/** What a bootstrap says about a fit: as data beside the fit, and in words. */

import { balanced, frontierExponents } from '../allocate/frontier.ts';
import { ScalingLawsError } from '../errors.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { coefficientIntervals, type Interval, intervals } from '../uncertainty/intervals.ts';
import type { Resample } from '../uncertainty/resample.ts';

/** Lower and upper end. */
type Ends = readonly [lower: number, upper: number];

/** The bootstrap of a fit in short. */
export interface Uncertainty {
  readonly replicates: number;
  readonly resample: Resample;
  readonly seed: number;
  /** Rows, runs or sizes that were drawn from. */
  readonly units: number;
  /** Re-fits whose best optimum lies in another basin. */
  readonly jumped: number;
  /** Re-fits that did not end in a minimum. */
  readonly failed: number;
  /** Nominal coverage of the intervals. */
  readonly level: number;
  /** Infinite, in JSON null, where some replicates have no bound. */
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, Ends>>;
  /** Of a = beta / (alpha + beta), the exponent of N on the compute-optimal frontier; null where the law has no frontier. */
  readonly frontier: { readonly a: number; readonly standardError: number; readonly interval: Ends } | null;
}

/** Puts the replicates into numbers. */
export function uncertaintyOf(bootstrap: Bootstrap<string>, level: number): Uncertainty {
  const { replicates, resample, seed, units, jumped, failed } = bootstrap;
  const found = Object.entries(coefficientIntervals(bootstrap, { level }));
  return {
    replicates,
    resample,
    seed,
    units,
    jumped,
    failed,
    level,
    standardErrors: Object.fromEntries(found.map(([name, { standardError }]) => [name, standardError])),
    intervals: Object.fromEntries(found.map(([name, interval]) => [name, endsOf(interval)])),
    frontier: frontierOf(bootstrap, level),
  };
}

const endsOf = ({ lower, upper }: Interval): Ends => [lower, upper];

function frontierOf(bootstrap: Bootstrap<string>, level: number): Uncertainty['frontier'] {
  if (bootstrap.law !== chinchilla.kind) return null;
  try {
    const exponent = intervals(bootstrap as Bootstrap, (law) => frontierExponents(balanced(law.coefficients)).a, {
      level,
    });
    return { a: exponent.estimate, standardError: exponent.standardError, interval: endsOf(exponent) };
  } catch (error) {
    if (error instanceof ScalingLawsError) return null;
    throw error;
  }
}
