/**
 * What a filter should tell its user before it acts: that it cannot see runs, or that it removes them whole.
 */

import type { Warning } from '../errors.ts';
import type { Runs } from '../runs/runs.ts';
import { describeFilter, type Filter, recordFilter, usesFraction } from './filter.ts';
import { rowsByRun } from './groups.ts';

/** Warnings of one filter about the rows that it is about to see. */
export function filterWarnings(runs: Runs, filter: Filter, where: string): readonly Warning[] {
  return [noRunColumn(runs, filter, where), cutRemovesRuns(runs, filter, where)].filter(
    (warning) => warning !== undefined,
  );
}

function noRunColumn(runs: Runs, filter: Filter, where: string): Warning | undefined {
  const byRun = filter.kind === 'final-only' || filter.kind === 'every-kth';
  if (runs.run || !(byRun || (usesFraction(filter) && !runs.fraction))) return undefined;
  const columns = byRun ? 'no run column' : 'neither a run nor a fraction column';
  return {
    code: 'W_NO_RUN_COLUMN',
    message: `${where}, ${describeFilter(filter)}: there is ${columns}, so every row counts as the end of a run of its own`,
  };
}

function cutRemovesRuns(runs: Runs, filter: Filter, where: string): Warning | undefined {
  const record = recordFilter(filter);
  if (record.kind !== 'exclude-early' || record.tokens === undefined) return undefined;
  const { tokens } = record;
  const groups = rowsByRun(runs);
  const removed = groups.filter((run) => runs.D[run.at(-1)!]! <= tokens).length;
  if (removed <= groups.length / 2) return undefined;
  return {
    code: 'W_CUT_REMOVES_RUNS',
    message:
      `${where}, ${describeFilter(filter)}: the cut by tokens removes ${removed} of ${groups.length} runs whole, because ` +
      'they never train on that many (at 20 tokens per parameter, 10e9 tokens is the whole run of a model of 500e6 ' +
      'parameters); cut by fraction alone, or by fewer tokens',
  };
}
