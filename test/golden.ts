/** The fits of golden.json: which rows each one means, read through the library's own reader and filters. */

import { readFileSync } from 'node:fs';
import type { Filter } from '../src/filters/filter.ts';
import type { Penalty } from '../src/objective/penalty.ts';
import { type ReadRunsOptions, readRuns } from '../src/runs/read-runs.ts';
import type { Runs } from '../src/runs/runs.ts';
import { sharedData } from './shared-data.ts';

/** One fit by an independent many-start search (scipy). */
export interface GoldenFit {
  readonly file: string;
  readonly filter: string;
  readonly rows: number;
  readonly penalty: Penalty;
  readonly objective: number;
  readonly coefficients: {
    readonly E: number;
    readonly A: number;
    readonly B: number;
    readonly alpha: number;
    readonly beta: number;
  };
}

/** All fits of golden.json; none where the data are absent. */
export function goldenFits(): readonly GoldenFit[] {
  const path = sharedData('golden.json');
  return path ? JSON.parse(readFileSync(path, 'utf8')) : [];
}

const COLUMNS: Readonly<Record<string, NonNullable<ReadRunsOptions['columns']>>> = {
  epoch2024: { N: 'Model Size', C: 'Training FLOP', loss: 'loss' },
  sardana2024: { N: 'Parameters', D: 'Tokens', loss: 'Smoothed Loss' },
  datablations2023: { N: 'params', D: 'tokens', loss: 'loss' },
  gadre2024: { N: 'params', D: 'tokens', loss: 'loss_c4_val' },
  isoflop2026: { N: 'params', D: 'tokens', loss: 'loss' },
  misfitting2025: { N: 'N', D: 'D', loss: 'loss', fraction: 'portion_steps_elapsed' },
};

/** Runs and filters that `golden.filter` says in words. */
export function goldenCase({ file, filter }: Pick<GoldenFit, 'file' | 'filter'>): { runs: Runs; filters: Filter[] } {
  const columns = { ...COLUMNS[file.split('/')[0]!]! };
  const lossColumn = /loss_\w+/.exec(filter)?.[0];
  if (lossColumn && file.startsWith('gadre')) columns.loss = lossColumn;
  const runs = readRuns(readFileSync(sharedData(file)!, 'utf8'), { columns });
  const filters: Filter[] = [];
  if (/drop 5 highest/.test(filter)) filters.push({ kind: 'drop-top-loss', count: 5 });
  for (const [, column, value] of filter.matchAll(/(train_dataset|experiment|outlier)==(\w+)/g)) {
    filters.push({ kind: 'equals', column: column!, value: value! });
  }
  const [, low, high] = /tokens\/param in \[(\w+),(\w+)\]/.exec(filter) ?? [];
  if (low && low !== 'None') filters.push({ kind: 'range', of: 'tokensPerParam', min: Number(low) });
  if (high && high !== 'None') filters.push({ kind: 'range', of: 'tokensPerParam', max: Number(high) });
  const most = /(?:Tokens\/Params|token_multiplier)<=(\d+)/.exec(filter)?.[1];
  if (most && file.startsWith('sardana')) filters.push({ kind: 'range', of: 'tokensPerParam', max: Number(most) });
  if (most && file.startsWith('gadre')) {
    filters.push({
      kind: 'predicate',
      name: filter,
      keep: ({ extra }) => Number(extra.token_multiplier) <= Number(most),
    });
  }
  if (/epochs<=2.5/.test(filter)) {
    filters.push({ kind: 'predicate', name: filter, keep: ({ extra }) => Number(extra.epochs) <= 2.5 });
  }
  const share = /portion_steps_elapsed>([\d.]+)/.exec(filter)?.[1];
  if (share) filters.push({ kind: 'exclude-early', fraction: Number(share) });
  if (/best loss per/.test(filter)) filters.push({ kind: 'lowest-loss' });
  return { runs, filters };
}
