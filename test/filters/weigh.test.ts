import { expect, it } from 'vitest';
import { weighRuns } from '../../src/filters/weigh.ts';
import { readRuns } from '../../src/runs/read-runs.ts';

/** C = 6 N D: 24, 96, 216; square roots 1 : 2 : 3. */
const runs = readRuns('N,D,loss,run,weight\n2,2,3,a,5\n4,4,2.5,a,5\n6,6,2,b,2\n');

it('given leaves the runs alone, equal gives 1 each', () => {
  expect(weighRuns(runs, 'given')).toBe(runs);
  expect([...weighRuns(runs, 'equal').weight!]).toEqual([1, 1, 1]);
});

it('sqrt-flops grows with the root of compute, per-run gives each run the same sum; both have mean 1', () => {
  const flops = weighRuns(runs, 'sqrt-flops').weight!;
  [0.5, 1, 1.5].forEach((weight, i) => {
    expect(flops[i]).toBeCloseTo(weight, 14);
  });
  expect([...weighRuns(runs, 'per-run').weight!]).toEqual([0.75, 0.75, 1.5]);
});

it('changes nothing but the weights', () => {
  const { weight, ...others } = weighRuns(runs, 'per-run');
  const { weight: before, ...same } = runs;
  expect(others).toEqual(same);
  expect([...before!]).toEqual([5, 5, 2]);
});

it.each([
  ['E_ARGUMENT', 'weights must be one of given, equal, sqrt-flops, per-run, got flops', runs, 'flops'],
  [
    'E_FILTER_COLUMN',
    'weights must be another scheme than per-run where no column names the run of a row, got per-run; name it with columns.run',
    readRuns('N,D,loss\n2,2,3'),
    'per-run',
  ],
])('%s: %s', (code, message, rows, scheme) => {
  expect(() => weighRuns(rows, scheme as never)).toThrow(expect.objectContaining({ code, message }));
});
