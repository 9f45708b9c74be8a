/** Real tables, read as their authors wrote them. Row counts and ranges are those that describe the data sets. */

import { expect, it } from 'vitest';
import { readRunsFile } from '../../src/node.ts';
import type { ReadRunsOptions } from '../../src/runs/read-runs.ts';
import { summarizeRuns } from '../../src/runs/summary.ts';
import { describeWithData } from '../shared-data.ts';

const misfitting: ReadRunsOptions = { columns: { run: ['model', 'total_steps', 'peak_lr', 'sweep'] } };
const withFraction: ReadRunsOptions = { columns: { ...misfitting.columns, fraction: 'portion_steps_elapsed' } };

const SETS: readonly (readonly [path: string, rows: number, options: ReadRunsOptions])[] = [
  ['epoch2024/svg_extracted_data.csv', 245, { columns: { N: 'Model Size', C: 'Training FLOP' } }],
  ['sardana2024/trainingresults.csv', 47, { columns: { loss: 'Smoothed Loss' } }],
  ['misfitting2025/scaling_results.csv', 4852, misfitting],
  ['misfitting2025/scaling_results_last_ckpt_only.csv', 261, misfitting],
  ['gadre2024/derived_runs.csv', 104, { columns: { loss: 'loss_c4_val', family: 'train_dataset' } }],
  ['datablations2023/derived_parametric_fit_296.csv', 296, {}],
  ['datablations2023/derived_data_constrained_182.csv', 182, {}],
  ['isoflop2026/isoflops.csv', 381, { columns: { C: 'budget', family: 'experiment' } }],
];

for (const [path, rows, options] of SETS) {
  describeWithData(path, [path], (full) => {
    it(`has ${rows} rows`, async () => {
      expect((await readRunsFile(full, options)).length).toBe(rows);
    });
  });
}

const optionsOf = (path: string): ReadRunsOptions => SETS.find(([other]) => other === path)![2];
/** Ranges are given to two or three digits. */
const near = (value: number, digits: number): string => value.toPrecision(digits);

describeWithData(
  'ranges of real tables',
  SETS.map(([path]) => path),
  (...full) => {
    const summary = async (path: string) =>
      summarizeRuns(await readRunsFile(full.find((other) => other.endsWith(`/${path}`))!, optionsOf(path)));

    it('Hoffmann as read off by Epoch: 5.7e7 to 1.6e10 parameters, .036 to 341 tokens per parameter', async () => {
      const { N, tokensPerParam } = await summary('epoch2024/svg_extracted_data.csv');
      expect(N!.map((size) => near(size, 2))).toEqual(['5.7e+7', '1.6e+10']);
      expect([near(tokensPerParam![0], 2), near(tokensPerParam![1], 3)]).toEqual(['0.036', '341']);
    });

    it('Sardana: 151M to 6.05B parameters, 10 to 10,000 tokens per parameter', async () => {
      const { N, tokensPerParam } = await summary('sardana2024/trainingresults.csv');
      expect(N).toEqual([151e6, 6.05e9]);
      expect(tokensPerParam!.map(Math.round)).toEqual([10, 10_000]);
    });

    it('Li: 11 sizes; two checkpoints are 256 steps of a planned 250', async () => {
      expect((await summary('misfitting2025/scaling_results.csv')).sizes).toBe(11);
      const path = full.find((other) => other.endsWith('/scaling_results.csv'))!;
      const { fraction } = await readRunsFile(path, withFraction);
      expect([fraction![2813], fraction!.filter((share) => share > 1).length]).toEqual([1.024, 2]);
    });

    it('Gadre: 5 to 640 tokens per parameter, three data sets', async () => {
      const runs = await readRunsFile(
        full.find((path) => path.includes('gadre2024'))!,
        optionsOf('gadre2024/derived_runs.csv'),
      );
      expect(summarizeRuns(runs).tokensPerParam!.map(Math.round)).toEqual([5, 640]);
      expect(new Set(runs.family).size).toBe(3);
    });
  },
);
