/**
 * How wrong approach 2 is on a given grid, with no noise at all.
 *
 * Losses of a known law at the very sizes and budgets of an experiment go through approach 2; what comes out is held against the law's
 * own optimum N* = G (C/6)^a. A parabola in ln N is a Taylor series cut short: on a grid centred on the optimum the exponents stay exact and
 * N* is off by a factor that only alpha, beta and the width decide; on an uncentred or drifting grid exponents suffer too.
 *
 * Open-Athena 2026, "Problems with Chinchilla Approach 2", arXiv:2603.22339.
 */

import { computeOptimal } from '../allocate/compute-optimal.ts';
import { approach2, approach2Entries } from '../approaches/approach2.ts';
import { flagsOf } from '../approaches/flags.ts';
import { frontierAt } from '../approaches/power-law.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { predictor } from '../predict/predictor.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, object } from '../schema/objects.ts';

/** As for `approach2`, and the FLOPs at which the optima are compared. */
export const isoFlopBiasOptions = object('bias options', {
  C: positive('FLOPs', { help: 'Training FLOPs at which the optima are compared.', flag: 'at' }),
  ...approach2Entries,
});
export type IsoFlopBiasOptions = Given<typeof isoFlopBiasOptions>;

/** What approach 2 makes of noiseless losses, against the law they come from. */
export interface IsoFlopBias {
  /** FLOPs at which N and D are compared. */
  readonly C: number;
  /** N* of approach 2 over the law's, less 1. */
  readonly N: number;
  /** D* of approach 2 over the law's, less 1. */
  readonly D: number;
  /** Exponent of N*, less the law's. */
  readonly a: number;
  /** Exponent of D*, less the law's. */
  readonly b: number;
}

/**
 * Bias of approach 2 on the grid of `runs`, if `law` were true.
 *
 * @param law - The truth; its loss must fall in N and in D.
 * @param runs - Sizes and budgets of the experiment, and its losses where suspect rows are to be dropped. D is taken as C / 6N.
 * @param asked - As for `approach2`, and `C`, the FLOPs at which the optima are compared.
 * @returns Relative errors of N* and D*, errors of the exponents. Frozen.
 * @throws {ScalingLawsError} `E_UNDEFINED` as `approach2`; `E_ARGUMENT`. @throws {ScalingLawsError} `E_NO_OPTIMUM`.
 * @example
 * const law = { law: laws.chinchilla, coefficients: { E: 1.69, A: 400, B: 400, alpha: 0.31, beta: 0.31 } };
 * const N = [0.25, 0.5, 1, 2, 4].map((factor) => factor * Math.sqrt(1e20 / 6));
 * const points = [1e20, 1.001e20].flatMap((C) => N.map((N) => ({ N, D: C / 6 / N })));
 * const runs = simulateRuns({ law, layout: { kind: 'points', points }, noise: 0, seed: 1 });
 * Math.abs(isoFlopBias(law, runs, { C: 1e20, tolerance: 1e-4 }).N) < 1e-3 // => true
 * @see Open-Athena (2026), arXiv:2603.22339.
 */
export function isoFlopBias(law: FittedLaw<string>, runs: Runs, asked: IsoFlopBiasOptions): IsoFlopBias {
  const { C, ...options } = check(isoFlopBiasOptions, asked);
  const flagged = new Set(options.dropFlagged ? flagsOf(runs, options).map(({ index }) => index) : []);
  const kept = takeRuns(
    runs,
    Array.from(runs.N, (_, i) => i).filter((i) => !flagged.has(i)),
  );
  const { loss } = predictor(law);
  const D = kept.N.map((N, i) => kept.C[i]! / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N));
  const noiseless = { ...kept, D, loss: kept.N.map((N, i) => loss({ N, D: D[i]! })) };
  const { frontier } = approach2(noiseless, { ...options, dropFlagged: false });
  const found = frontierAt(frontier, C);
  const truth = computeOptimal(law, { C });
  return Object.freeze({
    C,
    N: found.N / truth.N - 1,
    D: found.D / truth.D - 1,
    a: frontier.N.exponent - truth.exponents.a,
    b: frontier.D.exponent - truth.exponents.b,
  });
}
