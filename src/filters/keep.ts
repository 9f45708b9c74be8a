/**
 * What each kind of filter keeps: the rule from description to row.
 */

import { ScalingLawsError } from '../errors.ts';
import type { Cell, Runs } from '../runs/runs.ts';
import { type Filter, type FilterOf, recordFilter } from './filter.ts';
import { rowsByRun } from './groups.ts';
import { columnNamed, columnNames, measure, rowOf } from './row.ts';

/** Whether the row at a position stays. */
type Keeps = (i: number) => boolean;

/**
 * The rule of one filter on these runs.
 *
 * @param runs - Rows that the filters before this one left.
 * @param filter - A checked filter.
 * @param where - Name of the filter for messages, `filters[2]`.
 * @returns Whether the row at position `i` stays.
 * @throws {ScalingLawsError} `E_FILTER_COLUMN` if the filter asks for a column that the runs lack.
 */
export function keeper(runs: Runs, filter: Filter, where: string): Keeps {
  switch (filter.kind) {
    case 'exclude-early':
      return laterThan(runs, filter, where);
    case 'range': {
      const { of, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = filter;
      return (i) => measure(runs, of, i) >= min && measure(runs, of, i) <= max;
    }
    case 'drop-top-loss': {
      const { loss, row } = runs;
      const worstFirst = Array.from(loss.keys()).sort((i, j) => loss[j]! - loss[i]! || row[j]! - row[i]!);
      const top = new Set(worstFirst.slice(0, filter.count));
      return (i) => !top.has(i);
    }
    case 'final-only': {
      const finals = new Set(rowsByRun(runs).map((run) => run.at(-1)!));
      return (i) => finals.has(i);
    }
    case 'lowest-loss':
      return best(runs);
    case 'every-kth': {
      const fromEnd = (_: number, at: number, run: readonly number[]): boolean =>
        (run.length - 1 - at) % filter.k === 0;
      const kept = new Set(rowsByRun(runs).flatMap((run) => run.filter(fromEnd)));
      return (i) => kept.has(i);
    }
    case 'equals':
      return equalTo(runs, filter, where);
    case 'predicate':
      return (i) => filter.keep(rowOf(runs, i));
    default:
      return filter satisfies never;
  }
}

function laterThan(runs: Runs, filter: FilterOf<'exclude-early'>, where: string): Keeps {
  const { tokens = -1, fraction = -1, steps } = recordFilter(filter) as FilterOf<'exclude-early'>;
  const { D, step } = runs;
  if (steps !== undefined && !step) throw columnMissing(runs, `${where}.steps`, 'step');
  return (i) => D[i]! > tokens && measure(runs, 'fraction', i) > fraction && (steps === undefined || step![i]! > steps);
}

function best({ N, D, loss, row }: Runs): Keeps {
  const bestAt = new Map<string, number>();
  for (const i of loss.keys()) {
    const at = `${N[i]} ${D[i]}`;
    const rival = bestAt.get(at);
    if (rival === undefined || (loss[i]! - loss[rival]! || row[i]! - row[rival]!) < 0) bestAt.set(at, i);
  }
  const kept = new Set(bestAt.values());
  return (i) => kept.has(i);
}

function equalTo(runs: Runs, { column, value }: FilterOf<'equals'>, where: string): Keeps {
  const cells = columnNamed(runs, column);
  if (!cells) throw columnMissing(runs, `${where}.column`, column);
  const wanted = Array.isArray(value) ? value : [value];
  return (i) => wanted.some((one) => same(cells[i]!, one));
}

function same(cell: Cell, value: Cell): boolean {
  const [a, b] = [String(cell ?? '').trim(), String(value).trim()];
  if (typeof value === 'boolean') return a.toLowerCase() === b;
  return a === b || (a !== '' && b !== '' && Number(a) === Number(b));
}

function columnMissing(runs: Runs, where: string, column: string): ScalingLawsError {
  const columns = columnNames(runs);
  return new ScalingLawsError(
    'E_FILTER_COLUMN',
    `${where} must be about a column of the runs (${columns.join(', ')}), got ${column}`,
    { where, column, columns },
  );
}
