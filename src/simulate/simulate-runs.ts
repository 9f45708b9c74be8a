/**
 * Runs from a known law, for tests, demos and plans: loss = L(N, D) x (1 + excess) x exp(noise).
 *
 * The excess of a checkpoint over its law is the sum of two: `early` stands for warm-up, which is soon forgotten (Choshen et al. 2024,
 * section 6), `early.excess x exp(-fraction / early.share)` with fraction the part of the run that is done; `schedule` for a learning
 * rate that has still to come down (schedule.ts). What the noise can be is in noise.ts.
 */

import { notNegative, positive } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { RunsError } from '../errors.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { checkCoefficients, lawNamed } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { type Design, runsOfDesign } from './design.ts';
import { type Noise, noiseOf, noiseOfRuns } from './noise.ts';
import { annealingToCome, DEFAULT_ANNEALING, DEFAULT_SCHEDULE, type Schedule } from './schedule.ts';

/** What to simulate. */
export interface Simulation {
  /** The truth. */
  readonly law: FittedLaw;
  readonly design: Design;
  /** Standard deviation of log loss, >= 0, or a model of the noise; default {@link DEFAULT_NOISE}. */
  readonly noise?: number | Noise;
  /** Rows of each run, evenly spaced in tokens, the last at its end; default 1. */
  readonly checkpoints?: number;
  /** Learning rate over a run, which lifts checkpoints above the law until it has come down; default {@link DEFAULT_SCHEDULE}. */
  readonly schedule?: Schedule;
  /** Relative excess of loss at the peak learning rate, >= 0; default {@link DEFAULT_ANNEALING}. */
  readonly annealing?: number;
  /** How far warm-up lifts early checkpoints above the law; default not at all. */
  readonly early?: {
    /** Relative excess of loss at the very start, >= 0. */
    readonly excess: number;
    /** Share of the run over which the excess falls by a factor e, > 0. */
    readonly share: number;
  };
  /** Any integer. */
  readonly seed: number;
}

/** One per cent of loss: what is left unexplained in Sardana et al.'s 47 runs (section 4). */
export const DEFAULT_NOISE = 0.01;

/**
 * Simulates training runs from a known law.
 *
 * @param simulation - Truth, design, noise, checkpoints, seed. The same simulation gives the same runs, bit for bit.
 * @returns Runs in order of the design, checkpoints of a run in order of tokens, with `run`, `family` and `fraction`.
 * @throws {RunsError} `E_ARGUMENT`. @throws {LawError} If the law's coefficients are not its own.
 * @example
 * simulateRuns({ law: publishedLaws.hoffmann2022, design: { kind: 'sardana' }, seed: 7 }).length // => 47
 */
export function simulateRuns(simulation: Simulation): Runs {
  const { law, design, checkpoints = 1, schedule = DEFAULT_SCHEDULE, annealing = DEFAULT_ANNEALING } = simulation;
  const { early, seed } = simulation;
  const form = lawNamed(law.law);
  checkCoefficients(form, law.coefficients);
  const noise = noiseOf(simulation.noise ?? DEFAULT_NOISE);
  notNegative(RunsError, 'annealing', 'relative loss', annealing);
  annealingToCome(schedule, 1);
  if (!Number.isSafeInteger(checkpoints) || checkpoints < 1) {
    throw new RunsError('E_ARGUMENT', `checkpoints must be an integer >= 1, got ${checkpoints}`, { checkpoints });
  }
  if (!Number.isSafeInteger(seed)) throw new RunsError('E_ARGUMENT', `seed must be an integer, got ${seed}`, { seed });
  if (early) {
    notNegative(RunsError, 'early.excess', 'relative loss', early.excess);
    positive(RunsError, 'early.share', 'run lengths', early.share);
  }
  const errors = noiseOfRuns(noise, seed);
  const rows = runsOfDesign(design).flatMap(({ N, D: all }, run) => {
    const error = errors();
    return Array.from({ length: checkpoints }, (_, k) => {
      const fraction = (k + 1) / checkpoints;
      const D = all * fraction;
      const warmUp = early ? early.excess * Math.exp(-fraction / early.share) : 0;
      const excess = warmUp + annealing * annealingToCome(schedule, fraction);
      const loss = form.value(law.coefficients, { N, D }) * (1 + excess) * Math.exp(error());
      return { N, D, C: DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D, loss, fraction, run: `run-${run + 1}` };
    });
  });
  return Object.freeze({
    length: rows.length,
    N: Float64Array.from(rows, (row) => row.N),
    D: Float64Array.from(rows, (row) => row.D),
    C: Float64Array.from(rows, (row) => row.C),
    loss: Float64Array.from(rows, (row) => row.loss),
    fraction: Float64Array.from(rows, (row) => row.fraction),
    run: Object.freeze(rows.map((row) => row.run)),
    family: Object.freeze(rows.map(() => 'simulated')),
    extra: Object.freeze({}),
    row: Int32Array.from(rows, (_, i) => i + 1),
    passed: Object.freeze([]),
    warnings: Object.freeze([]),
  });
}
