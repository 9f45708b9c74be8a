/** A law of one's own that reads no tokens, on real runs: parallel streams (Chen et al. 2025, arXiv:2505.10475). */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { exponent, floor, scale } from '../../src/laws/coefficient.ts';
import { defineLaw } from '../../src/laws/define-law.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { describeWithData } from '../shared-data.ts';

const parallelStreams = defineLaw({
  kind: 'parallel-streams',
  variables: ['N', { name: 'P', least: 1 }],
  coefficients: { E: floor(), A: scale([1, 1e15], { unit: 'parameters' }), k: scale([0.01, 10]), alpha: exponent() },
  equation: 'L(N, P) = E + (A / (N (k ln P + 1)))^alpha',
  source: 'Chen et al. 2025, arXiv:2505.10475',
  value: ({ E, A, k, alpha }, { N, P }) => E + (A / (N * (k * Math.log(P) + 1))) ** alpha,
});

describeWithData('parallel streams', ['scalebench2026/parallel-train.csv'], (path) => {
  // Least squares by scipy, to four digits.
  it.each([
    ['stack', { E: 0.7499, A: 1.121e7, k: 0.4129, alpha: 0.2219 }],
    ['pile', { E: 1.3401, A: 1.555e8, k: 0.3506, alpha: 0.2099 }],
  ] as const)('%s', (group, expected) => {
    const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
    const rows = lines.filter((line) => line.includes(group));
    const runs = readRuns([header, ...rows].join('\n'), {
      columns: { N: 'num_params', P: 'parallel_size' },
      needs: parallelStreams.variables,
    });
    const { coefficients } = fitScalingLaw(runs, { law: parallelStreams, penalty: 'squared' });
    for (const name of ['E', 'A', 'k', 'alpha'] as const) {
      expect(Math.abs(coefficients[name] / expected[name] - 1), name).toBeLessThan(5e-4);
    }
  });
});
