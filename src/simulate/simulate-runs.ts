/**
 * Runs from a known law, for tests, demos and plans: loss = L(N, D) x (1 + excess) x exp(noise).
 *
 * The excess of a checkpoint over its law is the sum of two: `early` stands for warm-up, which is soon forgotten (Choshen et al. 2024,
 * section 6), `early.excess x exp(-fraction / early.share)` with fraction the part of the run that is done; `schedule` for a learning
 * rate that has still to come down (schedule.ts). What the noise can be is in noise.ts.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import { lawBehind } from '../laws/fitted-law.ts';
import { fittedLaw } from '../laws/fitted-law-field.ts';
import type { LawForm } from '../laws/law.ts';
import { variableOf } from '../laws/variables.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { byName, custom, integer, notNegative, positive } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { layout, runsOfLayout } from './layout.ts';
import { noise, noiseOf, noiseOfRuns } from './noise.ts';
import { annealingToCome, DEFAULT_ANNEALING, DEFAULT_SCHEDULE, schedule } from './schedule.ts';

/** One per cent of loss: what is left unexplained in Sardana et al.'s 47 runs (section 4). */
export const DEFAULT_NOISE = 0.01;

/** What to simulate. */
export const simulation = object('simulation', {
  law: fittedLaw,
  layout,
  variables: optional(
    byName(
      custom<number | readonly number[]>(
        'be a number, or a list of them, one a run',
        (value) => typeof value === 'number' || Array.isArray(value),
      ),
      { help: 'What the law reads beside N, D and C: one value, or one for each run in order of the layout.' },
    ),
    {},
  ),
  noise: optional(noise, DEFAULT_NOISE),
  checkpoints: optional(integer({ help: 'Rows of each run, evenly spaced in tokens, the last at its end.' }, 1), 1),
  schedule: optional(schedule, DEFAULT_SCHEDULE),
  annealing: optional(
    notNegative('relative loss', { help: 'Relative excess of loss at the peak learning rate.' }),
    DEFAULT_ANNEALING,
  ),
  early: optional(
    object(
      'early',
      {
        excess: notNegative('relative loss', { help: 'Relative excess of loss at the very start.' }),
        share: positive('run lengths', { help: 'Share of the run over which the excess falls by a factor e.' }),
      },
      { help: 'How far warm-up lifts early checkpoints above the law.' },
    ),
  ),
  seed: integer({ help: 'One seed, one table.' }),
});
/** What `simulateRuns` is told. */
export type Simulation = Given<typeof simulation>;

/**
 * Simulates training runs from a known law.
 *
 * @param asked - Truth, layout, noise, checkpoints, seed. The same simulation gives the same runs, bit for bit.
 * @returns Runs in order of the layout, checkpoints of a run in order of tokens, with `run`, `family` and `fraction`.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`. @throws {ScalingLawsError} If the law's coefficients are not its own; `E_LAW_VARIABLE` if it reads a variable
 *   that `variables` lacks.
 * @example
 * simulateRuns({ law: publishedLaws.hoffmann2022, layout: { kind: 'sardana' }, seed: 7 }).length // => 47
 */
export function simulateRuns(asked: Simulation): Runs {
  const { law, variables, checkpoints, early, seed, ...checked } = check(simulation, asked);
  const form = lawBehind(law);
  const errors = noiseOfRuns(noiseOf(checked.noise), seed);
  const planned = runsOfLayout(checked.layout);
  const others = othersOf(form, variables, planned.length);
  const rows = planned.flatMap(({ N, D: all }, run) => {
    const given = Object.fromEntries(Object.entries(others).map(([name, values]) => [name, values[run]!]));
    const error = errors();
    return Array.from({ length: checkpoints }, (_, k) => {
      const fraction = (k + 1) / checkpoints;
      const D = all * fraction;
      const warmUp = early ? early.excess * Math.exp(-fraction / early.share) : 0;
      const excess = warmUp + checked.annealing * annealingToCome(checked.schedule, fraction);
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
    columns: Object.freeze({}),
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
  given: Checked<typeof simulation>['variables'],
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
        throw refusal(`variables.${name}`, `be a positive finite number, or ${runs} of them, one a run`, value);
      }
      if (variables.includes(name)) for (const one of values) variableOf(law, name, one);
      return [name, values];
    }),
  );
}
