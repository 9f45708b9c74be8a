/**
 * A table of training runs, by columns. One row is one measured loss: the end of a run, or a checkpoint of it.
 *
 * Every number has been validated at the border ({@link readRuns}); everything further in trusts it.
 */

import type { Finding } from '../finding.ts';
import type { LossUnit } from '../loss-unit.ts';
import { custom } from '../schema/fields.ts';
import type { Cell } from '../tables/table.ts';
import type { Convention } from './convention.ts';
import type { ReadColumns } from './fields.ts';
import type { Reading } from './reading.ts';

export type { Cell };

/**
 * Validated runs as frozen columns; row `i` of every column belongs to the same measurement. Where a table was read for a law that does not
 * need them, N, D or C are NaN in every row: see {@link knows}.
 */
export interface Runs {
  /** Number of rows. */
  readonly length: number;
  /** Model size, parameters, > 0. */
  readonly N: Float64Array;
  /** Training tokens seen at this row, > 0. */
  readonly D: Float64Array;
  /** Training compute, FLOPs, > 0: as given, else `flopsPerParamToken * N * D`. */
  readonly C: Float64Array;
  /** Test loss, > 0, in {@link lossUnit}. */
  readonly loss: Float64Array;
  /** Unit of the losses; nats per token if absent. */
  readonly lossUnit?: LossUnit;
  /** Unique tokens, > 0, where data repeat. */
  readonly U?: Float64Array;
  /** Optimizer step of the checkpoint, >= 0. */
  readonly step?: Float64Array;
  /** Share of its planned run that was done at this row, > 0; 1 at the end, a little more where a run overshot its plan. */
  readonly fraction?: Float64Array;
  /** Weight of the row in the objective, > 0. */
  readonly weight?: Float64Array;
  /** Name of the training run that the checkpoint belongs to. */
  readonly run?: readonly string[];
  /** Name of the model family (same recipe, several sizes). */
  readonly family?: readonly string[];
  /** Further columns by their source names, for equality filters and predicates. */
  readonly extra: Readonly<Record<string, readonly Cell[]>>;
  /** Headers that fields were read from: `{ N: 'Model Size', loss: 'val_loss' }`; what was derived or given is not among them. */
  readonly columns: ReadColumns;
  /** What N and C count, where the reader was told. */
  readonly convention?: Convention;
  /** What was understood of the table, where one was read. */
  readonly reading?: Reading;
  /** 1-based number of each row in the source, header not counted. */
  readonly row: Int32Array;
  /** Filters that these rows have already passed, as plain data, so that filtering twice is filtering once. */
  readonly passed: readonly unknown[];
  /** What the reader wants known: disagreeing compute, skipped rows. */
  readonly warnings: readonly Finding[];
}

/** Runs as an option of a call; whatever else it is, a table of theirs has losses. */
export const runsField = custom<Runs>(
  'be runs, as readRuns gives them',
  (value) => typeof value === 'object' && value !== null && 'loss' in value && value.loss instanceof Float64Array,
  { help: 'The table of runs.' },
);

/** Whether a table holds a quantity, or two others that give it. */
export const knows = (runs: Pick<Runs, 'N' | 'D' | 'C'>, name: 'N' | 'D' | 'C'): boolean =>
  !Number.isNaN(runs[name][0]);

/** Numeric columns of {@link Runs} that may be absent. */
export const OPTIONAL_NUMBERS = ['U', 'step', 'fraction', 'weight'] as const;
/** Text columns of {@link Runs} that may be absent. */
export const OPTIONAL_TEXTS = ['run', 'family'] as const;

/**
 * The rows `index` of `runs`, in that order, as new frozen columns.
 *
 * @param runs - Runs to take from.
 * @param index - Row positions, each in `[0, runs.length)`.
 * @returns Runs of length `index.length`; source row numbers travel along.
 */
export function takeRuns(runs: Runs, index: ArrayLike<number>): Runs {
  const numbers = (column: Float64Array): Float64Array => Float64Array.from(index, (i) => column[i]!);
  const texts = <T>(column: readonly T[]): readonly T[] => Object.freeze(Array.from(index, (i) => column[i]!));
  const optional: { -readonly [K in (typeof OPTIONAL_NUMBERS)[number]]?: Float64Array } & {
    -readonly [K in (typeof OPTIONAL_TEXTS)[number]]?: readonly string[];
  } = {};
  for (const name of OPTIONAL_NUMBERS) if (runs[name]) optional[name] = numbers(runs[name]);
  for (const name of OPTIONAL_TEXTS) if (runs[name]) optional[name] = texts(runs[name]);
  return Object.freeze({
    length: index.length,
    N: numbers(runs.N),
    D: numbers(runs.D),
    C: numbers(runs.C),
    loss: numbers(runs.loss),
    ...optional,
    extra: Object.freeze(Object.fromEntries(Object.entries(runs.extra).map(([name, column]) => [name, texts(column)]))),
    columns: runs.columns,
    ...(runs.lossUnit && { lossUnit: runs.lossUnit }),
    ...(runs.reading && { reading: runs.reading }),
    ...(runs.convention && { convention: runs.convention }),
    row: Int32Array.from(index, (i) => runs.row[i]!),
    passed: runs.passed,
    warnings: runs.warnings,
  });
}
