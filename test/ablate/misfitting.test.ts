/** The lines of misfitting-table.ts with few rows; the others take half a minute and are in test/long. */

import { expect, it } from 'vitest';
import { describeWithData } from '../shared-data.ts';
import { bestLearningRateRuns } from './misfitting.ts';
import { type Cells, ends, perTotalParam, tableLines } from './misfitting-table.ts';

describeWithData('early checkpoints of Li et al. 2025', ['misfitting2025/scaling_results.csv'], (path) => {
  it('81 runs, 1672 checkpoints of best learning rate', () => {
    const runs = bestLearningRateRuns(path, 'N_no_emb');
    expect([runs.length, new Set(runs.run).size]).toEqual([1672, 81]);
  });

  it.each([
    ['over 90% of the run', [{ kind: 'exclude-early', fraction: 0.9 }], 185, [-0.14, 0.63, 0.83]],
    ['ends', [ends], 77, [1.36, 1.39, 2.75]],
    ['ends, D > 1e9', [ends, { kind: 'exclude-early', tokens: 1e9 }], 45, [0.54, 0.76, 1.37]],
    ['ends, D > 2e9', [ends, { kind: 'exclude-early', tokens: 2e9 }], 23, [-0.08, 0.53, 0.71]],
    ['ends, D/N <= 18', [ends, perTotalParam('D/N <= 18', (ratio) => ratio <= 18)], 53, [-0.7, 0.7, 0.12]],
    ['ends, D/N >= 22', [ends, perTotalParam('D/N >= 22', (ratio) => ratio >= 22)], 17, [-0.25, 0.58, 0.66]],
  ] as const)('without embeddings, %s', (_, filters, n, cells) => {
    const [line] = tableLines(bestLearningRateRuns(path, 'N_no_emb'), filters);
    expect(line!.n).toBe(n);
    expectWithin(line!.cells, cells);
  });

  it.each([
    ['over 90% of the run', [{ kind: 'exclude-early', fraction: 0.9 }], 185, [null, 0.8, 1.67]],
    ['ends', [ends], 77, [null, 0.78, 0.97]],
  ] as const)('with embeddings, %s', (_, filters, n, cells) => {
    const [line] = tableLines(bestLearningRateRuns(path, 'N'), filters);
    expect(line!.n).toBe(n);
    expectWithin(line!.cells, cells);
  });
});

/** Within 0.1 of a percentage point: printed digits, and optima that differ by less than rounding. */
function expectWithin(actual: Cells, expected: Cells): void {
  expected.forEach((cell, k) => {
    if (cell !== null) expect(Math.abs(actual[k]! - cell)).toBeLessThan(0.1);
  });
}
