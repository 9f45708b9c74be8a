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
  type Approach2Options,
  approach2,
  DEFAULT_ISO_FLOP_CURVE,
  FEWEST_REDRAWN,
  frontierOf,
  isoFlopRows,
  minimumOf,
} from '../approaches/approach2.ts';
import { type Flag, flagIsoFlops } from '../approaches/flags.ts';
import { type Frontier, frontierThrough } from '../approaches/power-law.ts';
import { type Approach1Options, envelope, trainingCurves } from '../approaches/training-curves.ts';
import { onlyKnown, positive } from '../arguments.ts';
import { type ErrorCode, ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Finding } from '../finding.ts';
import { fitScalingLaw } from '../fit/fit-scaling-law.ts';
import type { FitOptions } from '../fit/options.ts';
import { deepFreeze } from '../freeze.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Random } from '../numeric/random.ts';
import type { Runs } from '../runs/runs.ts';
import { bootstrap } from '../uncertainty/bootstrap.ts';
import { DEFAULT_LEVEL, type Interval, intervals } from '../uncertainty/intervals.ts';
import { defaultResample } from '../uncertainty/resample.ts';
import { intervalsOf, type RedrawPlan } from './frontier-intervals.ts';
import { type IsoFlopBias, isoFlopBias } from './iso-flop-bias.ts';

/** Options of {@link compareApproaches}. */
export interface CompareApproachesOptions
  extends Approach1Options,
    Approach2Options,
    Pick<FitOptions, 'filters' | 'penalty'> {
  /** Training FLOPs at which the optima stand side by side. */
  readonly C: number;
  /** Nominal coverage of the intervals; default {@link DEFAULT_LEVEL}. */
  readonly level?: number;
  /** Redrawn versions of the rows, >= 2; default {@link DEFAULT_APPROACH_REPLICATES}. */
  readonly replicates?: number;
  /** Any integer; default 1. One seed, one answer. */
  readonly seed?: number;
}

/** Twice the subsamples of Hoffmann et al. 2022, table 2. */
export const DEFAULT_APPROACH_REPLICATES = 200;

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

const OF_1 = ['budgets', 'lastShare'] as const;
const OF_2 = ['group', 'tolerance', 'maxZ', 'curve', 'dropFlagged'] as const;
const OPTIONS = ['C', ...OF_1, ...OF_2, 'filters', 'penalty', 'level', 'replicates', 'seed'];
/** Errors that say what the runs cannot give; all others are the caller's. */
const NOT_POSSIBLE: readonly ErrorCode[] = ['E_UNDEFINED', 'E_NO_OPTIMUM', 'E_TOO_FEW_RUNS', 'E_FIT_FAILED'];

/**
 * Compares approaches 1, 2 and 3.
 *
 * @param table - Runs of one recipe. Approach 2 sees the last row of each run; approaches 1 and 3 see all checkpoints.
 * @param options - `C`, the FLOPs to answer for; `filters` for the rows of all three; the options of `approach1` and `approach2`; `penalty` of
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
export function compareApproaches(table: Runs, options: CompareApproachesOptions): ApproachComparison {
  onlyKnown('options of the comparison', options, OPTIONS);
  const { C, level = DEFAULT_LEVEL, replicates = DEFAULT_APPROACH_REPLICATES, seed = 1 } = options;
  positive('C', 'FLOPs', C);
  if (!(level > 0 && level < 1))
    throw new ScalingLawsError('E_OPTION', `level must be between 0 and 1, got ${level}`, { level });
  if (!Number.isSafeInteger(replicates) || replicates < 2) {
    throw new ScalingLawsError('E_OPTION', `replicates must be an integer >= 2, got ${replicates}`, { replicates });
  }
  if (!Number.isSafeInteger(seed))
    throw new ScalingLawsError('E_OPTION', `seed must be an integer, got ${seed}`, { seed });
  const plan: RedrawPlan = { C, level, replicates, seed };
  const runs = applyFilters(table, options.filters ?? []).kept;
  const finals = defaultResample(runs) === 'runs' ? applyFilters(runs, [{ kind: 'final-only' }]).kept : runs;
  let law: FittedLaw | undefined;
  const answers = {
    approach1: answer(() => ask1(runs, options, plan)),
    approach2: answer(() => ask2(finals, options, plan)),
    approach3: answer(() => {
      const fit = fitScalingLaw(runs, picked(options, ['penalty']));
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
    flags: answers.approach2.kind === 'answered' ? flagIsoFlops(finals, options) : [],
    bias: both && law ? orNull(() => isoFlopBias(law!, finals, { ...picked(options, OF_2), C })) : null,
  });
}

/** Those options that are given, of the names asked for. */
function picked<K extends keyof CompareApproachesOptions>(
  options: CompareApproachesOptions,
  names: readonly K[],
): Pick<CompareApproachesOptions, K> {
  const entries = names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]));
  return Object.fromEntries(entries) as Pick<CompareApproachesOptions, K>;
}

function ask1(runs: Runs, options: CompareApproachesOptions, plan: RedrawPlan): ApproachAnswer {
  const { frontier, warnings } = approach1(runs, picked(options, OF_1));
  const curves = trainingCurves(runs, picked(options, OF_1));
  const redraw = (random: Random): Frontier | undefined => {
    const drawn = curves.all.map(() => random.integer(curves.all.length));
    return frontierThrough(envelope(curves, drawn));
  };
  return { kind: 'answered', ...intervalsOf(frontier, redraw, plan), resampled: 'runs', warnings };
}

function ask2(finals: Runs, options: CompareApproachesOptions, plan: RedrawPlan): ApproachAnswer {
  const { frontier, flags, warnings } = approach2(finals, picked(options, OF_2));
  const { curve = DEFAULT_ISO_FLOP_CURVE, dropFlagged = false } = options;
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
