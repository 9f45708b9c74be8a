/**
 * One row of runs as an object, and the columns of runs by name: how predicates, `equals` and `range` see a row.
 */

import { type Cell, OPTIONAL_NUMBERS, OPTIONAL_TEXTS, type Runs } from '../runs/runs.ts';
import type { Measure } from './filter.ts';

/** One measurement: the row handed to a predicate. Columns that the runs lack are absent. */
export interface RunRow {
  /** Parameters. */
  readonly N: number;
  /** Training tokens at this row. */
  readonly D: number;
  /** Training FLOPs at this row. */
  readonly C: number;
  /** Nats per token. */
  readonly loss: number;
  /** `D / N`. */
  readonly tokensPerParam: number;
  /** Unique tokens. */
  readonly U?: number;
  /** Optimizer step. */
  readonly step?: number;
  /** Share of its run done at this row, in (0, 1]. */
  readonly fraction?: number;
  /** Weight in the objective. */
  readonly weight?: number;
  /** Name of the training run. */
  readonly run?: string;
  /** Name of the model family. */
  readonly family?: string;
  /** Cells of all other columns by source name. */
  readonly extra: Readonly<Record<string, Cell>>;
  /** 1-based number in the source. */
  readonly row: number;
}

const ALWAYS = ['N', 'D', 'C', 'loss'] as const;
const OPTIONAL = [...OPTIONAL_NUMBERS, ...OPTIONAL_TEXTS] as const;

/** Row `i` of `runs` as a frozen object. */
export function rowOf(runs: Runs, i: number): RunRow {
  const named = [...ALWAYS, ...OPTIONAL].flatMap((name) => (runs[name] ? [[name, runs[name][i]]] : []));
  return Object.freeze({
    ...Object.fromEntries(named),
    tokensPerParam: runs.D[i]! / runs.N[i]!,
    extra: Object.freeze(Object.fromEntries(Object.entries(runs.extra).map(([name, cells]) => [name, cells[i]!]))),
    row: runs.row[i]!,
  }) as RunRow;
}

/** Names that {@link columnNamed} knows in these runs, in reading order. */
export function columnNames(runs: Runs): readonly string[] {
  return [...ALWAYS, ...OPTIONAL.filter((name) => runs[name]), ...Object.keys(runs.extra)];
}

/**
 * The column called `name`: one of the library's own first, else one of the source's, also by the header that a number was read from;
 * `undefined` if there is none.
 */
export function columnNamed(runs: Runs, name: string): ArrayLike<Cell> | undefined {
  const own = [...ALWAYS, ...OPTIONAL].find((known) => known === name);
  if (own) return runs[own];
  if (Object.hasOwn(runs.extra, name)) return runs.extra[name];
  const [field] = Object.entries(runs.columns).find(([, header]) => header === name) ?? [];
  return field === undefined ? undefined : columnNamed(runs, field);
}

/** How much of `of` row `i` has; without a `fraction` column every row is the end of its run. */
export function measure(runs: Runs, of: Measure, i: number): number {
  if (of === 'tokensPerParam') return runs.D[i]! / runs.N[i]!;
  return of === 'fraction' ? (runs.fraction?.[i] ?? 1) : runs[of][i]!;
}
