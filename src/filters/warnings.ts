/**
 * What a filter should tell its user before it acts: that it cannot see runs, or that it removes them whole.
 */

import { type Finding, finding } from '../finding.ts';
import type { Runs } from '../runs/runs.ts';
import { describeFilter, type Filter, recordFilter, usesFraction } from './filter.ts';
import { rowsByRun } from './groups.ts';

/** Warnings of one filter about the rows that it is about to see. */
export function filterWarnings(runs: Runs, filter: Filter, where: string): readonly Finding[] {
  return [noRunColumn(runs, filter, where), cutRemovesRuns(runs, filter, where)].filter(
    (warning) => warning !== undefined,
  );
}

function noRunColumn(runs: Runs, filter: Filter, where: string): Finding | undefined {
  const byRun = filter.kind === 'final-only' || filter.kind === 'every-kth';
  if (runs.run || !(byRun || (usesFraction(filter) && !runs.fraction))) return undefined;
  const columns = byRun ? 'no run column' : 'neither a run nor a fraction column';
  return finding(
    'W_NO_RUN_COLUMN',
    `${describeFilter(filter)}: there is ${columns}, so every row counts as the end of a run of its own.`,
    { about: [where], advice: ['Name the column that tells runs apart with ', { option: 'columns.run' }, '.'] },
  );
}

function cutRemovesRuns(runs: Runs, filter: Filter, where: string): Finding | undefined {
  const record = recordFilter(filter);
  if (record.kind !== 'exclude-early' || record.tokens === undefined) return undefined;
  const { tokens } = record;
  const groups = rowsByRun(runs);
  const removed = groups.filter((run) => runs.D[run.at(-1)!]! <= tokens).length;
  if (removed <= groups.length / 2) return undefined;
  return finding(
    'W_CUT_REMOVES_RUNS',
    `${describeFilter(filter)}: the cut by tokens removes ${removed} of ${groups.length} runs whole, because they never train on that ` +
      'many (at 20 tokens per parameter, 10e9 tokens is the whole run of a model of 500e6 parameters).',
    {
      about: [where],
      evidence: { removed, runs: groups.length },
      advice: 'Cut by fraction alone, or by fewer tokens.',
    },
  );
}
