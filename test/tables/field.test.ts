/** Tables as people really have them, where they are: the shapes of spreadsheets, scripts and tools. Truths are those that the tables were made from. */

import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { type ReadRunsFileOptions, readRunsFile } from '../../src/node.ts';
import type { Runs } from '../../src/runs/runs.ts';
import { describeWithData } from '../shared-data.ts';

const SHAPES = [
  'aligned.txt',
  'base.csv',
  'base.csv.gz',
  'comment_head.csv',
  'd_is_depth.csv',
  'decimal_comma_with_suffix.csv',
  'dict_of_runs.json',
  'dup_header.csv',
  'euro_billions_lossfixed.csv',
  'md.md',
  'pandas_to_json_default.json',
  'title_row.csv',
  'train_val.csv',
  'units_row.csv',
  'utf16.csv',
  'wrapped.json',
];
const REFUSED: readonly (readonly [name: string, message: RegExp])[] = [
  ['notebook.ipynb', /a notebook; save the table/],
  ['sheet.xlsx', /workbook.*CSV/],
  ['python_nan.json', /row 9.*got NaN; leave such rows out/],
  ['python_nan.jsonl', /row 9.*got NaN; leave such rows out/],
];
const inField = (names: readonly string[]): string[] => names.map((name) => `field/${name}`);
/** What all of them give, to the six digits that are known of it. */
const expectFit = (runs: Runs): void => {
  const { coefficients } = fitScalingLaw(runs);
  const known = { E: 1.91996, A: 375.938, alpha: 0.335861, B: 206.487, beta: 0.258405 };
  for (const [name, value] of Object.entries(known)) {
    expect(Math.abs(coefficients[name as keyof typeof known] / value - 1), name).toBeLessThan(5e-6);
  }
};

describeWithData(
  'eight rows in every shape',
  inField([...SHAPES, ...REFUSED.map(([name]) => name)].map((name) => `shapes/${name}`)),
  (...paths) => {
    const pathOf = (name: string): string => paths.find((path) => basename(path) === name)!;

    it.each(SHAPES)('%s gives one fit', async (name) => {
      expectFit(await readRunsFile(pathOf(name)));
    });

    it.each(REFUSED)('%s is refused with the cure', async (name, message) => {
      await expect(readRunsFile(pathOf(name))).rejects.toThrow(message);
    });

    it('the bad row of Python is left out on request', async () => {
      for (const name of ['python_nan.json', 'python_nan.jsonl']) {
        expectFit(await readRunsFile(pathOf(name), { onBadRow: 'skip' }));
      }
    });
  },
);

const CURVES = [1238144, 8886784, 33506304].flatMap((N) =>
  [5, 20].map((D) => `curves-by-filename/curve_N${N}_D${D}000000.csv`),
);

describeWithData('curves whose names say their size', inField(CURVES), (...paths) => {
  it.each<ReadRunsFileOptions>([{}, { fromName: 'curve_N{N}_D{D}' }])('with %j', async (options) => {
    const runs = await readRunsFile(paths, options);
    expect([runs.length, new Set(runs.run).size, runs.columns.D]).toEqual([120, 6, 'tokens_seen']);
    runs.loss.forEach((loss, i) => {
      // Losses have six decimals.
      expect(Math.abs(0.8 + 60 / runs.N[i]! ** 0.25 + 900 / runs.D[i]! ** 0.33 - loss)).toBeLessThan(1e-6);
    });
  });
});

describeWithData(
  'a column a model, a file a quantity',
  inField(['loss', 'tokens', 'flops'].map((name) => `parallel-wide-files/${name}.csv`)),
  (...paths) => {
    it('is read side by side', async () => {
      const runs = await readRunsFile(paths);
      expect([runs.length, new Set(runs.run).size]).toEqual([762, 6]);
      // Noise is .004 of the loss: the mean of 762 errors is below four standard errors.
      const errors = [...runs.loss].map(
        (loss, i) => loss - (1.2 + 300 / runs.N[i]! ** 0.332 + 60_000 / runs.D[i]! ** 0.654),
      );
      expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(
        (4 * 0.004 * 2) / Math.sqrt(762),
      );
    });
  },
);

describeWithData(
  'other shapes',
  inField([
    'wide-sizes/flan.csv',
    'one-json-a-run/128_2_1000.json',
    'bits-per-character-nested/runs.jsonl',
    'chart-with-index/minimal.csv',
    'chart-with-index/unnamed_index.csv',
    'wandb-grouped-chart/wandb_export_wikitext.csv',
    'pivot-budget-by-size/wide.csv',
    'pivot-budget-by-size/wide.md',
    'markdown/table.csv',
    'markdown/table.md',
  ]),
  (flan, run, nested, chart, unnamed, grouped, pivot, pivotMd, table, tableMd) => {
    it('a column a number of tokens', async () => {
      await expect(readRunsFile(flan)).rejects.toThrow(/"0", "200", "400", …/);
      const runs = await readRunsFile(flan, { wide: 'D' });
      expect([runs.length, new Set(runs.N).size <= 30, new Set(runs.D).size]).toEqual([30 * 14, true, 14]);
    });

    it('one object a run: its last loss', async () => {
      const { N, D, C, loss } = await readRunsFile(run);
      expect([[...N], [...D], [...C], [...loss]]).toEqual([[4491776], [4096000], [212651225088000], [7.5714]]);
    });

    it('curves in JSON Lines: tokens are step x batch x block', async () => {
      const runs = await readRunsFile(nested, { columns: { N: 'weight_params' } });
      expect([...runs.D.subarray(0, 4)]).toEqual([250, 500, 750, 1000].map((step) => step * 64 * 128));
      expect(runs.loss[0]).toBeCloseTo(4.750606533948057 * Math.LN2, 12);
      expect([runs.length, new Set(runs.run).size]).toEqual([16, 4]);
    });

    it('charts keep every column', async () => {
      for (const path of [chart, unnamed]) {
        const runs = await readRunsFile(path);
        expect([[...runs.N][0], [...runs.D]]).toEqual([65e9, [5e8, 1e9, 1.5e9, 2e9, 2.5e9]]);
        expect(Object.keys(runs.extra)).toContain('lm loss__MIN');
      }
      await expect(readRunsFile(grouped, { columns: { D: 'Step' } })).rejects.toThrow(
        /N for each of the 10 runs, "k_is_10"/,
      );
    });

    it('pivot tables and Markdown are the tables that they show', async () => {
      const dims = Object.fromEntries(['d512', 'd640', 'd768'].map((dim, i) => [dim, { N: (i + 1) * 1e8 }]));
      const options: ReadRunsFileOptions = { columns: { run: 'dim' }, runConstants: dims, lossUnit: 'bits-per-byte' };
      const read = [await readRunsFile(pivot, options), await readRunsFile(pivotMd, options)];
      for (const runs of read)
        expect([runs.length, [...runs.C].at(-1), [...runs.loss].at(-1)]).toEqual([12, 1e20, 0.9278]);
      const [one, other] = [await readRunsFile(table), await readRunsFile(tableMd)];
      expect([one.loss, one.C, one.D]).toEqual([other.loss, other.C, other.D]);
    });
  },
);
