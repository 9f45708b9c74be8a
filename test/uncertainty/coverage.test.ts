/**
 * Intervals hold the truth about as often as they say, in a few experiments; test/long/coverage.test.ts has 1,000. Rows drawn one by
 * one from runs whose checkpoints share an error must be seen to be too narrow.
 */

import { expect, it } from 'vitest';
import { CORRELATED_RUNS, coverageOf, type Experiment, INDEPENDENT_ROWS } from './coverage.ts';

const penalty = { kind: 'squared' } as const;
const runs = { ...CORRELATED_RUNS, checkpoints: 4, penalty };

/** Coverage of BCa intervals inside the runs and beyond them. */
function covered(experiment: Experiment): number[] {
  return coverageOf(experiment, 40, 80)
    .filter(({ method }) => method === 'bca')
    .map((one) => one.covered);
}

// Of 40 experiments at 95%, 38 are expected; 32 are four standard errors of 1.4 fewer.
it('independent rows', () => {
  const shares = covered({ ...INDEPENDENT_ROWS, penalty, resample: 'rows' });
  for (const share of shares) expect(share).toBeGreaterThanOrEqual(0.8);
});

it('whole runs of checkpoints that share an error', () => {
  for (const share of covered({ ...runs, resample: 'runs' })) expect(share).toBeGreaterThanOrEqual(0.8);
});

it('the same checkpoints drawn one by one: too narrow', () => {
  const [inside, beyond] = covered({ ...runs, resample: 'rows' });
  expect(inside! + beyond!).toBeLessThan(1.6);
});
