/** Row counts that papers and their data give, on the tables of `test/shared-data.ts`. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { applyFilters, type Filtered } from '../../src/filters/apply.ts';
import type { Filter } from '../../src/filters/filter.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { describeWithData } from '../shared-data.ts';

type Columns = NonNullable<NonNullable<Parameters<typeof readRuns>[1]>['columns']>;

const filtered = (path: string, columns: Columns, ...filters: Filter[]): Filtered =>
  applyFilters(readRuns(readFileSync(path, 'utf8'), { columns }), filters);

describeWithData('Sardana et al. 2024', ['sardana2024/trainingresults.csv'], (path) => {
  const columns = { N: 'Parameters', D: 'Tokens', loss: 'Smoothed Loss' };

  // Their table 1 and `--cutoff`, which keeps ratios equal to the bound.
  it.each([
    [100, 34],
    [250, 39],
    [500, 43],
    [1000, 45],
    [10_000, 47],
  ])('at most %d tokens per parameter leaves %d runs', (max, rows) =>
    expect(filtered(path, columns, { kind: 'range', of: 'tokensPerParam', max }).kept.length).toBe(rows),
  );

  it('says that it has no runs to cut by fraction', () => {
    const { kept, warnings } = filtered(path, columns, { kind: 'exclude-early', fraction: 0.1 });
    expect([kept.length, warnings.map(({ code }) => code)]).toEqual([47, ['W_NO_RUN_COLUMN']]);
  });
});

describeWithData('Besiroglu et al. 2024', ['epoch2024/svg_extracted_data.csv'], (path) => {
  it('without the five highest losses has 240 rows', () => {
    const columns = { N: 'Model Size', C: 'Training FLOP', loss: 'loss' };
    const { kept, dropped } = filtered(path, columns, { kind: 'drop-top-loss', count: 5 });
    expect([kept.length, dropped[0]!.sourceRows.length]).toEqual([240, 5]);
  });
});

describeWithData('Li et al. 2025', ['misfitting2025/scaling_results.csv'], (path) => {
  const columns = { N: 'N', D: 'D', loss: 'loss', run: ['model', 'total_steps', 'peak_lr', 'sweep'] };

  it.each([
    [0, 4852],
    [0.1, 4478],
    [0.25, 3814],
    [0.5, 2640],
    [0.9, 663],
  ])('later than %d of their run are %d checkpoints', (fraction, rows) => {
    const byColumn = { ...columns, fraction: 'portion_steps_elapsed' };
    expect(filtered(path, byColumn, { kind: 'exclude-early', fraction }).kept.length).toBe(rows);
  });

  it('warns that 10e9 tokens is more than most of these runs', () => {
    const { warnings, dropped } = filtered(path, columns, { kind: 'exclude-early', early: 'hitchhiker' });
    expect(warnings.map(({ code }) => code)).toEqual(['W_CUT_REMOVES_RUNS']);
    // Counted with Python's csv module: the largest D of 220 of the 240 runs is at most 10e9.
    expect(warnings[0]!.message).toContain('removes 220 of 240 runs whole');
    expect(dropped[0]!.runs).toBe(220);
  });

  it('is idempotent', () => {
    const filters: Filter[] = [
      { kind: 'range', of: 'D', max: 8e9 },
      { kind: 'exclude-early', fraction: 0.2 },
      { kind: 'every-kth', k: 3 },
      { kind: 'drop-top-loss', count: 10 },
      { kind: 'lowest-loss' },
    ];
    const once = filtered(path, columns, ...filters).kept;
    expect(once.length).toBeGreaterThan(100);
    expect(applyFilters(once, filters).kept).toEqual(once);
  });
});

describeWithData('Li et al. 2025, last checkpoints', ['misfitting2025/scaling_results_last_ckpt_only.csv'], (path) => {
  it('have 81 pairs of size and tokens', () =>
    expect(filtered(path, { N: 'N', D: 'D', loss: 'loss' }, { kind: 'lowest-loss' }).kept.length).toBe(81));
});

describeWithData('Open-Athena IsoFLOPs', ['isoflop2026/isoflops.csv'], (path) => {
  it.each([
    ['epochai_chinchilla__massivetext__chinchilla', 123, 85],
    ['marin_202603__comma__llama_2', 85, 80],
    ['marin_202603__dclm__llama_2', 85, 79],
    ['marin_202603__nemotron__llama_2', 88, 80],
  ])('%s has %d rows, %d without outliers', (value, all, inliers) => {
    const columns = { N: 'params', D: 'tokens', C: 'budget', loss: 'loss' };
    const { dropped, kept } = filtered(
      path,
      columns,
      { kind: 'equals', column: 'experiment', value },
      { kind: 'equals', column: 'outlier', value: false },
    );
    expect([381 - dropped[0]!.rows, kept.length]).toEqual([all, inliers]);
  });
});

describeWithData('Gadre et al. 2024', ['gadre2024/derived_runs.csv'], (path) => {
  // The rows of golden.json; runs without a C4 loss are left out there.
  it.each([
    ['c4_original', 34, 14],
    ['rpj', 35, 14],
    ['rw_original', 35, 14],
  ])('%s has %d runs, %d at up to 20 tokens per parameter', (value, all, short) => {
    const ofSet: Filter = { kind: 'equals', column: 'train_dataset', value };
    const columns = { N: 'params', D: 'tokens', loss: 'loss_c4_val' };
    expect(filtered(path, columns, ofSet).kept.length).toBe(all);
    const multiplier: Filter = {
      kind: 'predicate',
      name: 'multiplier <= 20',
      keep: ({ extra }) => Number(extra.token_multiplier) <= 20,
    };
    expect(filtered(path, columns, ofSet, multiplier).kept.length).toBe(short);
  });
});
