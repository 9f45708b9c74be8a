/**
 * Filters applied in order, with an account of what each one took.
 */

import { ScalingLawsError } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { integer } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import {
  describeFilter,
  type Filter,
  filters as filterList,
  type RecordedFilter,
  recordFilter,
  usesFraction,
} from './filter.ts';
import { withFraction } from './groups.ts';
import { keeper } from './keep.ts';
import { filterWarnings } from './warnings.ts';

/** What `applyFilters` may be told. */
export const applyFiltersOptions = object('applyFilters options', {
  minimum: optional(integer({ help: 'Fewest rows that may be left.', unit: 'rows' }, 0), 0),
});
/** What `applyFilters` may be told. */
export type ApplyFiltersOptions = Given<typeof applyFiltersOptions>;

/** What one filter took away. */
export interface DroppedByFilter {
  /** The filter, as plain data. */
  readonly filter: RecordedFilter;
  /** Number of rows it dropped. */
  readonly rows: number;
  /** Number of runs that lost their last row to it; 0 where runs have no names. */
  readonly runs: number;
  /** 1-based source numbers of the rows it dropped. */
  readonly sourceRows: readonly number[];
}

/** Rows that passed all filters, and an account of the others. */
export interface Filtered {
  /** Rows that passed, in their old order. */
  readonly kept: Runs;
  /** One entry a filter, in order; with `kept` it accounts for every row. */
  readonly dropped: readonly DroppedByFilter[];
  /** `W_NO_RUN_COLUMN`, `W_CUT_REMOVES_RUNS`. */
  readonly warnings: readonly Finding[];
}

/**
 * Applies filters in order.
 *
 * Idempotent: the same list again drops nothing. Filters that count (`drop-top-loss`, `every-kth`) would take more each
 * time; so rows remember in `passed` what they went through, and a counting filter equal to one passed is not applied
 * again, within a list either. A fraction is that of the run as first given: where a filter asks for it, it is settled before the
 * first filter, and kept as the `fraction` column.
 *
 * @param runs - Validated runs.
 * @param given - Filters, applied first to last.
 * @param options.minimum - Fewest rows that may be left, >= 0; default 0.
 * @returns Rows kept, what each filter dropped, and warnings.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION` if a filter is ill-formed, `E_FILTER_COLUMN` if it asks for a column that is not
 *   there, `E_TOO_FEW_RUNS` if fewer than `minimum` rows are left; that one says what each filter dropped.
 * @see Choshen et al. (2024), arXiv:2410.11840, section 6; Li et al. (2025), arXiv:2502.18969.
 */
export function applyFilters(runs: Runs, given: readonly Filter[], options: ApplyFiltersOptions = {}): Filtered {
  const filters = check(filterList, given, 'filters') as readonly Filter[];
  let kept = filters.some((filter) => filter.kind === 'predicate' || usesFraction(filter)) ? withFraction(runs) : runs;
  const dropped: DroppedByFilter[] = [];
  const warnings: Finding[] = [];
  filters.forEach((filter, i) => {
    warnings.push(...filterWarnings(kept, filter, `filters[${i}]`));
    const { left, account } = applyOne(kept, filter, `filters[${i}]`);
    kept = left;
    dropped.push(account);
  });
  const { minimum } = check(applyFiltersOptions, options);
  if (kept.length < minimum) throw tooFew(runs.length, kept.length, minimum, dropped);
  return Object.freeze({ kept, dropped: Object.freeze(dropped), warnings: Object.freeze(warnings) });
}

function applyOne(runs: Runs, filter: Filter, where: string): { left: Runs; account: DroppedByFilter } {
  const record = recordFilter(filter);
  const again = runs.passed.some((one) => JSON.stringify(one) === JSON.stringify(record));
  const keeps = again && counts(filter) ? () => true : keeper(runs, filter, where);
  const stay: number[] = [];
  const go: number[] = [];
  for (let i = 0; i < runs.length; i++) (keeps(i) ? stay : go).push(i);
  const survivors = new Set(stay.map((i) => runs.run?.[i]));
  const lost = new Set(go.map((i) => runs.run?.[i]).filter((run) => !survivors.has(run)));
  const passed = again ? runs.passed : Object.freeze([...runs.passed, record]);
  return {
    left: Object.freeze({ ...takeRuns(runs, stay), passed }),
    account: Object.freeze({
      filter: record,
      rows: go.length,
      runs: runs.run ? lost.size : 0,
      sourceRows: Object.freeze(go.map((i) => runs.row[i]!)),
    }),
  };
}

const counts = ({ kind }: Filter): boolean => kind === 'drop-top-loss' || kind === 'every-kth';

function tooFew(all: number, left: number, minimum: number, dropped: readonly DroppedByFilter[]): ScalingLawsError {
  const blame = dropped
    .filter(({ rows }) => rows > 0)
    .map(({ filter, rows }) => `${describeFilter(filter)} dropped ${rows}`);
  return new ScalingLawsError(
    'E_TOO_FEW_RUNS',
    `${left} of ${all} rows left, a fit needs at least ${minimum}${blame.length > 0 ? `: ${blame.join(', ')}` : ''}`,
    { rows: all, left, minimum, dropped },
  );
}
