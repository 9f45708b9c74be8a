/**
 * Weights of rows by a named scheme, scaled to a mean of 1 so that objectives under different schemes are of one size.
 *
 *     equal       1
 *     sqrt-flops  sqrt(C): what large runs say counts for more, as in the scaling-law fits of allenai/OLMo-core
 *     per-run     1 / rows of its run: a run of many checkpoints says no more than a run of few
 */

import { ScalingLawsError } from '../errors.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { choice } from '../schema/fields.ts';
import type { Given } from '../schema/objects.ts';
import { rowsByRun } from './groups.ts';

/** How rows are weighed; `given` is the weight column of the runs, 1 where there is none. */
export const weights = choice(['given', 'equal', 'sqrt-flops', 'per-run'], {
  help: 'Weights of rows: the weight column, all equal, by the root of FLOPs, or each run as much as any other.',
  placeholder: 'scheme',
});
/** Name of a scheme. */
export type Weighting = Given<typeof weights>;

/**
 * `runs` with weights by `scheme`.
 *
 * @param runs - Rows that enter a fit: filter first, since the weight of a run depends on how many of its rows are left.
 * @returns The same rows with a `weight` column; a column that was there is replaced, except by `given`.
 * @throws {ScalingLawsError} `E_ARGUMENT` for an unknown scheme; `E_FILTER_COLUMN` for `per-run` where no column names the run of a row.
 * @example
 * weighRuns(readRuns('N,D,loss,run\n1e9,1e9,3,a\n1e9,2e9,2.9,a\n1e9,4e9,2.8,b'), 'per-run').weight // => [0.75, 0.75, 1.5]
 */
export function weighRuns(runs: Runs, scheme: Weighting): Runs {
  switch (check(weights, scheme, 'weights')) {
    case 'given':
      return runs;
    case 'equal':
      return Object.freeze({ ...runs, weight: new Float64Array(runs.length).fill(1) });
    case 'sqrt-flops':
      return withWeight(runs, runs.C.map(Math.sqrt));
    case 'per-run': {
      if (!runs.run) {
        throw new ScalingLawsError('E_FILTER_COLUMN', {
          argument: 'weights',
          rule: 'be another scheme than per-run where no column names the run of a row',
          got: scheme,
          cure: ['name it with ', { option: 'columns.run' }],
        });
      }
      const weight = new Float64Array(runs.length);
      for (const group of rowsByRun(runs)) for (const i of group) weight[i] = 1 / group.length;
      return withWeight(runs, weight);
    }
  }
}

/** `weight` scaled to a mean of 1. */
function withWeight(runs: Runs, weight: Float64Array): Runs {
  const mean = weight.reduce((sum, value) => sum + value, 0) / weight.length;
  return Object.freeze({ ...runs, weight: weight.map((value) => value / mean) });
}
