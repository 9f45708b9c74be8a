/**
 * Hoffmann et al.'s three approaches side by side on the same runs: exponents, and the optimum at one budget, with intervals.
 *
 *   1  envelope of training curves     needs checkpoints     redraws whole runs
 *   2  IsoFLOP parabolas               needs budgets         redraws rows within each budget
 *   3  parametric fit of the law       needs spread          redraws whole runs, or rows
 *
 * Beside approach 2 stands its bias on this very grid, from noiseless losses of the law that approach 3 found. The answers share rows,
 * so that they err together: agreement is no proof. Hoffmann et al. 2022, arXiv:2203.15556, section 3 and table 2.
 */

import { computeOptimal } from '../allocate/compute-optimal.ts';
import { approach1 } from '../approaches/approach1.ts';
import {
  approach2,
  approach2Entries,
  FEWEST_REDRAWN,
  frontierOf,
  isoFlopRows,
  minimumOf,
} from '../approaches/approach2.ts';
import { type Flag, flagsOf } from '../approaches/flags.ts';
import { type Frontier, frontierThrough } from '../approaches/power-law.ts';
import { approach1Entries, envelope, trainingCurves } from '../approaches/training-curves.ts';
import { type ErrorCode, ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Finding } from '../finding.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import { fitOptions } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Random } from '../numeric/random.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { integer, positive } from '../schema/fields.ts';
import { type Checked, type Given, object, optional } from '../schema/objects.ts';
import { bootstrap, bootstrapOptions } from '../uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL, type Interval, intervals, level } from '../uncertainty/intervals.ts';
import { defaultResample } from '../uncertainty/resample.ts';
import { intervalsOf, type RedrawPlan } from './frontier-intervals.ts';
import { type IsoFlopBias, isoFlopBias } from './iso-flop-bias.ts';

/** Twice the subsamples of Hoffmann et al. 2022, table 2. */
export const DEFAULT_APPROACH_REPLICATES = 200;

/** The FLOPs to answer for, the options of all three approaches, and the intervals. */
export const compareApproachesOptions = object('options of the comparison', {
  C: positive('FLOPs', { help: 'Training compute at which the optima stand side by side.', flag: 'flops' }),
  ...approach1Entries,
  ...approach2Entries,
  filters: fitOptions.entries.filters,
  penalty: fitOptions.entries.penalty,
  level: optional(level, DEFAULT_LEVEL),
  replicates: optional(
    integer({ help: 'Redrawn versions of the rows.', placeholder: 'k' }, 2),
    DEFAULT_APPROACH_REPLICATES,
  ),
  seed: bootstrapOptions.entries.seed,
});
export type CompareApproachesOptions = Given<typeof compareApproachesOptions>;
type Options = Checked<typeof compareApproachesOptions>;

/** What one approach says. */
export type ApproachAnswer =
  | {
      readonly kind: 'answered';
      /** N* grows as C^a. */
      readonly a: Interval;
      /** D* grows as C^b. */
      readonly b: Interval;
      /** Parameters at the budget asked for. */
      readonly N: Interval;
      /** Training tokens there. */
      readonly D: Interval;
      readonly resampled: 'runs' | 'rows within budgets' | 'rows';
      readonly warnings: readonly Finding[];
    }
  | {
      /** These runs do not allow the approach. */
      readonly kind: 'not-possible';
      readonly code: ErrorCode;
      readonly reason: string;
    };

/** Three approaches on the same runs. */
export interface ApproachComparison {
  /** FLOPs. */
  readonly C: number;
  readonly level: number;
  readonly replicates: number;
  readonly seed: number;
  readonly approach1: ApproachAnswer;
  readonly approach2: ApproachAnswer;
  readonly approach3: ApproachAnswer;
  /** Suspect rows of approach 2; empty where it is not possible. */
  readonly flags: readonly Flag[];
  /** Bias of approach 2 on this grid if approach 3's law were true; null where either is not possible. */
  readonly bias: IsoFlopBias | null;
}

/** Errors that say what the runs cannot give; all others are the caller's. */
const NOT_POSSIBLE: readonly ErrorCode[] = ['E_UNDEFINED', 'E_NO_OPTIMUM', 'E_TOO_FEW_RUNS', 'E_FIT_FAILED'];

/**
 * Compares approaches 1, 2 and 3.
 *
 * @param table - Runs of one recipe. Approach 2 sees the last row of each run; approaches 1 and 3 see all checkpoints.
 * @param asked - `C`, the FLOPs to answer for; `filters` for the rows of all three; the options of `approach1` and `approach2`; `penalty` of
 *   the parametric fit; intervals.
 * @returns The answer of each approach, or why there is none; the flags and the bias of approach 2. Frozen.
 * @throws {ScalingLawsError} `E_OPTION`, `E_ARGUMENT`.
 * @example
 * const layout = { kind: 'isoflop', C: [1e19, 1e20, 1e21], N: [1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 1e10] } as const;
 * const runs = simulateRuns({ law: publishedLaws.hoffmann2022, layout, noise: 0.001, seed: 1 });
 * const { approach1, approach2 } = compareApproaches(runs, { C: 1e23, replicates: 20 });
 * [approach1.kind, approach2.kind] // => ['not-possible', 'answered']
 * @see Hoffmann et al. (2022), arXiv:2203.15556, table 2; Open-Athena (2026), arXiv:2603.22339.
 */
export function compareApproaches(table: Runs, asked: CompareApproachesOptions): ApproachComparison {
  const options = check(compareApproachesOptions, asked);
  const { C, level, replicates, seed } = options;
  const plan: RedrawPlan = { C, level, replicates, seed };
  const runs = applyFilters(table, options.filters).kept;
  const finals = defaultResample(runs) === 'runs' ? applyFilters(runs, [{ kind: 'final-only' }]).kept : runs;
  let law: FittedLaw | undefined;
  const answers = {
    approach1: answer(() => ask1(runs, options, plan)),
    approach2: answer(() => ask2(finals, options, plan)),
    approach3: answer(() => {
      const fit = fitScalingLaw(runs, { penalty: options.penalty });
      law = fit;
      const draws = bootstrap(fit, runs, { replicates, seed });
      const of = (quantity: (optimum: ReturnType<typeof computeOptimal>) => number): Interval =>
        intervals(draws, (one) => quantity(computeOptimal(one, { C })), { level });
      computeOptimal(fit, { C });
      return {
        kind: 'answered',
        a: of(({ exponents }) => exponents.a),
        b: of(({ exponents }) => exponents.b),
        N: of(({ N }) => N),
        D: of(({ D }) => D),
        resampled: draws.resample === 'runs' ? 'runs' : 'rows',
        warnings: fit.warnings,
      };
    }),
  };
  const both = answers.approach2.kind === 'answered' && answers.approach3.kind === 'answered';
  return deepFreeze({
    ...plan,
    ...answers,
    flags: answers.approach2.kind === 'answered' ? flagsOf(finals, options) : [],
    bias: both && law ? orNull(() => isoFlopBias(law!, finals, { ...ofApproach2(options), C })) : null,
  });
}

const ofApproach1 = ({ budgets, lastShare }: Options) => ({ budgets, lastShare });
const ofApproach2 = ({ group, tolerance, maxZ, curve, dropFlagged }: Options) => ({
  group,
  tolerance,
  maxZ,
  curve,
  dropFlagged,
});

function ask1(runs: Runs, options: Options, plan: RedrawPlan): ApproachAnswer {
  const { frontier, warnings } = approach1(runs, ofApproach1(options));
  const curves = trainingCurves(runs, ofApproach1(options));
  const redraw = (random: Random): Frontier | undefined => {
    const drawn = curves.all.map(() => random.integer(curves.all.length));
    return frontierThrough(envelope(curves, drawn));
  };
  return { kind: 'answered', ...intervalsOf(frontier, redraw, plan), resampled: 'runs', warnings };
}

function ask2(finals: Runs, options: Options, plan: RedrawPlan): ApproachAnswer {
  const { frontier, flags, warnings } = approach2(finals, ofApproach2(options));
  const { curve, dropFlagged } = options;
  const budgets = isoFlopRows(finals, options, dropFlagged ? flags : []);
  const redraw = (random: Random): Frontier | undefined =>
    frontierOf(
      budgets.map(({ C, rows }) => {
        const drawn = rows.map(() => random.integer(rows.length)).sort((one, two) => one - two);
        return minimumOf(finals, { C, rows: drawn.map((k) => rows[k]!) }, curve, FEWEST_REDRAWN);
      }),
    );
  return { kind: 'answered', ...intervalsOf(frontier, redraw, plan), resampled: 'rows within budgets', warnings };
}

function answer(ask: () => ApproachAnswer): ApproachAnswer {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof ScalingLawsError) || !NOT_POSSIBLE.includes(error.code)) throw error;
    return { kind: 'not-possible', code: error.code, reason: error.message };
  }
}

function orNull<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ScalingLawsError && NOT_POSSIBLE.includes(error.code)) return null;
    throw error;
  }
}
