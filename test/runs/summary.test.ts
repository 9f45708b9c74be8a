import { describe, expect, it } from 'vitest';
import { spanOf } from '../../src/numeric/span.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { summarizeRuns } from '../../src/runs/summary.ts';

describe('summarizeRuns', () => {
  it('counts and spans', () => {
    const runs = readRuns('N,D,loss,run\n10,200,2.5,a\n10,100,3,a\n20,100,2.75,b');
    expect(summarizeRuns(runs)).toEqual({
      rows: 3,
      runs: 2,
      sizes: 2,
      N: [10, 20],
      D: [100, 200],
      C: [6000, 12000],
      tokensPerParam: [5, 20],
      loss: [2.5, 3],
    });
  });

  it('does not guess the number of runs, and is plain frozen data', () => {
    const summary = summarizeRuns(readRuns('N,D,loss\n1,1,1'));
    expect(summary).not.toHaveProperty('runs');
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    expect(Object.isFrozen(summary) && Object.isFrozen(summary.N)).toBe(true);
  });
});

describe('spanOf', () => {
  it('takes a million numbers', () => {
    expect(spanOf(Float64Array.from({ length: 1e6 }, (_, i) => i))).toEqual([0, 999_999]);
  });
});
