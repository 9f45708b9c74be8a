import { expect, it } from 'vitest';
import { relativeErrors } from '../../src/hold-out/relative-error.ts';
import { laws } from '../../src/laws/registry.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { takeRuns } from '../../src/runs/runs.ts';

/** 1 + 1/N + 1/D: 2 at (2, 2), 1.75 at (4, 2). */
const law = { law: laws.chinchilla, coefficients: { E: 1, A: 1, B: 1, alpha: 1, beta: 1 } };
const runs = readRuns('N,D,loss\n2,2,2.5\n4,2,1.4\n');

it('is the share of the observed loss, signed: below 0 the law promises too much', () => {
  const errors = relativeErrors(law, runs);
  // 2 / 2.5 - 1 = -0.2 and 1.75 / 1.4 - 1 = 0.25.
  expect(errors.rows).toBe(2);
  expect(errors.meanSignedError).toBeCloseTo(0.025, 14);
  expect(errors.meanAbsoluteRelativeError).toBeCloseTo(0.225, 14);
  expect(errors.maxAbsoluteRelativeError).toBeCloseTo(0.25, 14);
});

it('is null, not 0, over no rows', () => {
  expect(relativeErrors(law, takeRuns(runs, []))).toEqual({
    rows: 0,
    meanSignedError: null,
    meanAbsoluteRelativeError: null,
    maxAbsoluteRelativeError: null,
  });
});

it('knows only the laws of the registry', () => {
  expect(() => relativeErrors({ ...law, law: 'other' }, runs)).toThrow('law.law must be the law itself');
});
