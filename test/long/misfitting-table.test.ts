/** The whole table of misfitting-table.ts: early checkpoints of Li et al. 2025 left out by fraction and by tokens. Half a minute. */

import { expect, it } from 'vitest';
import { bestLearningRateRuns } from '../ablate/misfitting.ts';
import { ends, tableLines } from '../ablate/misfitting-table.ts';
import { describeWithData } from '../shared-data.ts';

const fractions = { kind: 'exclude-early', fraction: [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9] } as const;
const ROWS = [1328, 1289, 1228, 1096, 970, 728, 453, 185];
const tokens = { kind: 'exclude-early', tokens: [1e9, 2e9] } as const;

/** Signed error, ARE, ARE at 1B, %. */
const WITHOUT_EMBEDDINGS = [
  [1.01, 1.24, 2.17],
  [0.95, 1.2, 2.08],
  [0.91, 1.16, 2.02],
  [0.73, 1.02, 1.78],
  [0.55, 0.87, 1.51],
  [0.3, 0.74, 1.21],
  [-0.05, 0.69, 0.9],
  [-0.14, 0.63, 0.83],
];
/** ARE, ARE at 1B, %, and E. */
const WITH_EMBEDDINGS = [
  [1.81, 4.04, 2.52],
  [1.75, 3.92, 2.51],
  [1.65, 3.73, 2.5],
  [1.53, 3.56, 2.5],
  [1.26, 3.01, 2.45],
  [1.04, 2.51, 2.4],
  [0.9, 1.84, 2.34],
  [0.8, 1.67, 2.34],
];

describeWithData('early checkpoints of Li et al. 2025', ['misfitting2025/scaling_results.csv'], (path) => {
  it('by fraction, without embeddings', () => {
    const lines = tableLines(bestLearningRateRuns(path, 'N_no_emb'), [fractions]);
    expect(lines.map(({ n }) => n)).toEqual(ROWS);
    lines.forEach(({ cells }, i) => {
      expectWithin(cells, WITHOUT_EMBEDDINGS[i]!, 0.1);
    });
  });

  it('by fraction, with embeddings: E as well', () => {
    const lines = tableLines(bestLearningRateRuns(path, 'N'), [fractions]);
    expect(lines.map(({ n }) => n)).toEqual(ROWS);
    lines.forEach(({ cells, fit }, i) => {
      expectWithin(cells.slice(1), WITH_EMBEDDINGS[i]!.slice(0, 2), 0.1);
      expectWithin([fit.coefficients.E], WITH_EMBEDDINGS[i]!.slice(2), 0.01);
    });
  });

  it('by tokens', () => {
    const runs = bestLearningRateRuns(path, 'N_no_emb');
    const [one, two] = tableLines(runs, [tokens]);
    expect([one!.n, two!.n]).toEqual([958, 738]);
    expectWithin(one!.cells, [0.42, 0.65, 0.75], 0.1);
    expectWithin(two!.cells, [-0.29, 0.42, 0.72], 0.1);
    expectWithin([two!.fit.coefficients.alpha, two!.fit.coefficients.beta], [0.082, 0.168], 0.001);
    const [endsOne, endsTwo] = tableLines(runs, [ends, tokens]);
    expectWithin(endsOne!.cells, [0.54, 0.76, 1.37], 0.1);
    expectWithin(endsTwo!.cells, [-0.08, 0.53, 0.71], 0.1);
  });
});

function expectWithin(actual: readonly (number | null)[], expected: readonly number[], tolerance: number): void {
  expected.forEach((value, k) => {
    expect(Math.abs(actual[k]! - value)).toBeLessThan(tolerance);
  });
}
