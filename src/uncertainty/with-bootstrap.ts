/** A fit that keeps its replicates, so that whatever is asked of it is answered with intervals, from a file too. */

import { refusal } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { deepFreeze } from '../freeze.ts';
import { lawOf, withLaw } from '../laws/fitted-law.ts';
import type { KeptUncertainty } from '../laws/kept-uncertainty.ts';
import type { Bootstrap } from './bootstrap.ts';

/** Digits of a coefficient in a replicate: no interval is printed to as many. */
const DIGITS = 10;

/**
 * `fit` with the replicates of `bootstrap`, to ten digits.
 *
 * @param fit - A fit of this library.
 * @param bootstrap - Its bootstrap.
 * @returns The fit, frozen: `predictor`, `computeOptimal`, `inferenceOptimal`, `plan` and `intervals` give intervals under it.
 * @throws {ScalingLawsError} `E_ARGUMENT` if `bootstrap` is of another fit.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const fit = fitScalingLaw(runs);
 * const known = withBootstrap(fit, bootstrap(fit, runs, { replicates: 200 }));
 * const { loss, meanInterval } = predictor(known).at({ N: 3e9, D: 6e10 });
 * meanInterval![0] < loss && loss < meanInterval![1] // => true
 */
export function withBootstrap<Name extends string>(fit: Fit<Name>, bootstrap: Bootstrap<Name>): Fit<Name> {
  const isOfFit = Object.entries(fit.coefficients).every(
    ([name, value]) => bootstrap.coefficients[name as Name] === value,
  );
  if (bootstrap.law !== fit.law || !isOfFit) throw refusal('bootstrap', 'be of this fit', 'that of another');
  const { resample, seed, replicates, units, degreesOfFreedom, jumped, failed, noise, draws, jackknife } = bootstrap;
  const kept: KeptUncertainty<Name> = {
    kind: 'bootstrap',
    ...{ resample, seed, replicates, units, degreesOfFreedom, jumped, failed, ...(noise && { noise }) },
    draws: shortened(draws),
    jackknife: shortened(jackknife),
  };
  return deepFreeze(withLaw({ ...fit, uncertainty: kept }, lawOf(fit)));
}

function shortened<Name extends string>(columns: Readonly<Record<Name, readonly number[]>>): Record<Name, number[]> {
  return Object.fromEntries(
    Object.entries<readonly number[]>(columns).map(([name, values]) => [
      name,
      values.map((value) => Number(value.toPrecision(DIGITS))),
    ]),
  ) as Record<Name, number[]>;
}
