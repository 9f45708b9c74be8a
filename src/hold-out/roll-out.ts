/**
 * Roll-out: fit on the smallest models (or the shortest training), predict the next, take that in, and go on. One hold-out says
 * how a law did once; a roll-out says whether it gets better as the runs grow, and how far ahead it can be trusted.
 */

import { refusal } from '../errors.ts';
import { withFraction } from '../filters/groups.ts';
import { type FitOptions, fitOptions } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { LawForm } from '../laws/law.ts';
import type { CoefficientOf, DEFAULT_LAW, LawName } from '../laws/registry.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { choice, integer } from '../schema/fields.ts';
import { type InputOf, object, optional } from '../schema/objects.ts';
import { type JudgedFit, judgedFit } from './judged-fit.ts';

/** Four predictions by D, from a fifth of the rows upward: our choice. */
export const DEFAULT_ROLL_OUT_STEPS = 4;

const window = {
  by: choice(['N', 'D'], { help: 'Along which the window grows: N, model size, or D, training tokens.' }),
  steps: optional(
    integer(
      {
        help: 'Number of predictions: by N one model size each, by D an equal group of rows each.',
        otherwise: `all sizes but the first; by D ${DEFAULT_ROLL_OUT_STEPS}`,
        placeholder: 'k',
      },
      1,
    ),
  ),
};
/** Along what the window grows, and how the rows in it are fitted. */
export const rollOutOptions = object('roll-out options', { ...window, ...fitOptions.entries });
export type RollOutOptions<L extends LawName | LawForm = typeof DEFAULT_LAW> = FitOptions<L> & InputOf<typeof window>;

/** One step of the window. */
export interface RollOutStep<Name extends string = ChinchillaCoefficient> extends JudgedFit<Name> {
  /** Span of N or D in the window. */
  readonly fitted: Span;
  /** Span of N or D of what is predicted. */
  readonly predicted: Span;
}

/** A roll-out. */
export interface RollOutResult<Name extends string = ChinchillaCoefficient> {
  readonly by: 'N' | 'D';
  readonly steps: readonly RollOutStep<Name>[];
}

/**
 * Predicts each size, or each part of the rows in order of tokens, from all smaller ones.
 *
 * @param runs - Validated runs; filters among the options take rows from the fits, not from what is predicted.
 * @returns One entry a step, from the smallest window to the largest. A window with too few rows has `fit: null` and an `error`.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION` for a bad `by` or `steps`, or where there are not `steps` + 1 sizes (or values of D).
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * rollOut(runs, { by: 'N', steps: 3 }).steps.map(({ predicted }) => predicted[0]) // => [1.3e9, 2.5e9, 6e9]
 */
export function rollOut<L extends LawName | LawForm = typeof DEFAULT_LAW>(
  runs: Runs,
  asked: RollOutOptions<L>,
): RollOutResult<CoefficientOf<L>> {
  check(rollOutOptions, asked);
  const { by, steps, ...options } = asked;
  const whole = withFraction(runs);
  const sizes = new Set(whole[by]).size;
  const count = steps ?? (by === 'N' ? sizes - 1 : DEFAULT_ROLL_OUT_STEPS);
  if (count < 1 || count >= sizes) {
    throw refusal('steps', `be an integer from 1 to ${sizes - 1} (there are ${sizes} values of ${by})`, count);
  }
  const column = whole[by];
  const order = Array.from({ length: whole.length }, (_, i) => i).sort((i, j) => column[i]! - column[j]!);
  const ends = by === 'N' ? endsOfSizes(order, column, count) : endsOfParts(order, column, count);
  return deepFreeze({
    by,
    steps: ends.slice(0, -1).map((end, k): RollOutStep<CoefficientOf<L>> => {
      const window = order.slice(0, end);
      const next = order.slice(end, ends[k + 1]);
      const span = (rows: readonly number[]): Span => spanOf(rows.map((i) => column[i]!));
      const ascending = (rows: readonly number[]): number[] => rows.toSorted((i, j) => i - j);
      return {
        fitted: span(window),
        predicted: span(next),
        ...judgedFit(takeRuns(whole, ascending(window)), takeRuns(whole, ascending(next)), options),
      };
    }),
  });
}

/** Positions in `order` at which a value of `column` ends. */
function endsOf(order: readonly number[], column: Float64Array): number[] {
  return order.flatMap((i, k) => (k + 1 === order.length || column[order[k + 1]!] !== column[i] ? [k + 1] : []));
}

const endsOfSizes = (order: readonly number[], column: Float64Array, steps: number): number[] =>
  endsOf(order, column).slice(-steps - 1);

/** Ends of `steps` + 1 groups of about equal number; equal values stay together. */
function endsOfParts(order: readonly number[], column: Float64Array, steps: number): number[] {
  const all = endsOf(order, column);
  const ends: number[] = [];
  for (let part = 1; part <= steps + 1; part++) {
    const most = all.length - (steps + 1 - part);
    const wanted = (part * order.length) / (steps + 1);
    const from = ends.length > 0 ? all.indexOf(ends.at(-1)!) + 1 : 0;
    const near = all.slice(from, most).reduce((a, b) => (Math.abs(b - wanted) < Math.abs(a - wanted) ? b : a));
    ends.push(near);
  }
  return ends;
}
