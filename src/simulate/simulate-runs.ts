/**
 * Runs from a known law, for tests, demos and plans: loss = L(N, D) x (1 + excess) x exp(noise).
 *
 * The excess of a checkpoint over its law is the sum of two: `early` stands for warm-up, which is soon forgotten (Choshen et al. 2024,
 * section 6), `early.excess x exp(-fraction / early.share)` with fraction the part of the run that is done; `schedule` for a learning
 * rate that has still to come down (schedule.ts). What the noise can be is in noise.ts.
 */

import { notNegative, positive } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError, shown } from '../errors.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { LawForm } from '../laws/law.ts';
import { lawBehind } from '../laws/registry.ts';
import { variableOf } from '../laws/variables.ts';
import type { Runs } from '../runs/runs.ts';
import { type Design, runsOfDesign } from './layout.ts';
import { type Noise, noiseOf, noiseOfRuns } from './noise.ts';
import { annealingToCome, DEFAULT_ANNEALING, DEFAULT_SCHEDULE, type Schedule } from './schedule.ts';

/** What to simulate. */
export interface Simulation {
  /** The truth; any law of the registry, or one of yours that is registered. */
  readonly law: FittedLaw<string>;
  readonly design: Design;
  /** Variables that the law reads beside N, D and C: one value, or one for each run in order of the design. */
  readonly variables?: Readonly<Record<string, number | readonly number[]>>;
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
 * @throws {ScalingLawsError} `E_ARGUMENT`. @throws {ScalingLawsError} If the law's coefficients are not its own; `E_LAW_VARIABLE` if it reads a variable
 *   that `variables` lacks.
 * @example
 * simulateRuns({ law: publishedLaws.hoffmann2022, design: { kind: 'sardana' }, seed: 7 }).length // => 47
 */
export function simulateRuns(simulation: Simulation): Runs {
  const { law, design, checkpoints = 1, schedule = DEFAULT_SCHEDULE, annealing = DEFAULT_ANNEALING } = simulation;
  const { early, seed } = simulation;
  const form = lawBehind(law);
  const noise = noiseOf(simulation.noise ?? DEFAULT_NOISE);
  notNegative('annealing', 'relative loss', annealing);
  annealingToCome(schedule, 1);
  if (!Number.isSafeInteger(checkpoints) || checkpoints < 1) {
    throw new ScalingLawsError('E_ARGUMENT', `checkpoints must be an integer >= 1, got ${checkpoints}`, {
      checkpoints,
    });
  }
  if (!Number.isSafeInteger(seed))
    throw new ScalingLawsError('E_ARGUMENT', `seed must be an integer, got ${seed}`, { seed });
  if (early) {
    notNegative('early.excess', 'relative loss', early.excess);
    positive('early.share', 'run lengths', early.share);
  }
  const errors = noiseOfRuns(noise, seed);
  const planned = runsOfDesign(design);
  const others = othersOf(form, simulation.variables ?? {}, planned.length);
  const rows = planned.flatMap(({ N, D: all }, run) => {
    const given = Object.fromEntries(Object.entries(others).map(([name, values]) => [name, values[run]!]));
    const error = errors();
    return Array.from({ length: checkpoints }, (_, k) => {
      const fraction = (k + 1) / checkpoints;
      const D = all * fraction;
      const warmUp = early ? early.excess * Math.exp(-fraction / early.share) : 0;
      const excess = warmUp + annealing * annealingToCome(schedule, fraction);
      const C = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
      const loss = form.value(law.coefficients, { ...given, N, D, C }) * (1 + excess) * Math.exp(error());
      return { N, D, C, loss, fraction, run: `run-${run + 1}`, given };
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
    ...(others.U && { U: Float64Array.from(rows, (row) => row.given.U!) }),
    extra: Object.freeze(
      Object.fromEntries(
        Object.keys(others)
          .filter((name) => name !== 'U')
          .map((name) => [name, Object.freeze(rows.map((row) => row.given[name]!))]),
      ),
    ),
    row: Int32Array.from(rows, (_, i) => i + 1),
    passed: Object.freeze([]),
    warnings: Object.freeze([]),
  });
}

/** Values of the other variables of `law`, one for each run. */
function othersOf(
  law: LawForm,
  given: NonNullable<Simulation['variables']>,
  runs: number,
): Readonly<Record<string, readonly number[]>> {
  const { kind, variables } = law;
  for (const name of variables) {
    if (name === 'N' || name === 'D' || name === 'C' || given[name] !== undefined) continue;
    throw new ScalingLawsError(
      'E_LAW_VARIABLE',
      `${kind} reads ${name}: variables must have ${name}, got ${Object.keys(given).join(', ') || 'none'}`,
      {
        law: kind,
        variable: name,
      },
    );
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const values = typeof value === 'number' ? new Array<number>(runs).fill(value) : value;
      if (values.length !== runs || !values.every((one) => Number.isFinite(one) && one > 0)) {
        throw new ScalingLawsError(
          'E_ARGUMENT',
          `variables.${name} must be a positive finite number, or ${runs} of them, one a run, got ${shown(value)}`,
          { argument: `variables.${name}`, value },
        );
      }
      if (variables.includes(name)) for (const one of values) variableOf(law, name, one);
      return [name, values];
    }),
  );
}
