import { describe, expect, it } from 'vitest';
import { check } from '../../src/schema/check.ts';
import { layout as layoutField, runsOfLayout } from '../../src/simulate/layout.ts';

describe('designs', () => {
  it('grid: every size on every number of tokens', () => {
    expect(runsOfLayout({ kind: 'grid', N: [1e8, 1e9], D: [2e9, 2e10] })).toEqual([
      { N: 1e8, D: 2e9 },
      { N: 1e8, D: 2e10 },
      { N: 1e9, D: 2e9 },
      { N: 1e9, D: 2e10 },
    ]);
  });

  it('isoflop: D = C / 6N', () => {
    expect(runsOfLayout({ kind: 'isoflop', C: [6e18, 6e19], N: [1e8] })).toEqual([
      { N: 1e8, D: 1e10 },
      { N: 1e8, D: 1e11 },
    ]);
  });

  it('ray: one ratio', () => {
    const ray = runsOfLayout({ kind: 'ray', N: [1e8, 5e8, 1e9], tokensPerParam: 20 });
    expect(ray.map(({ N, D }) => D / N)).toEqual([20, 20, 20]);
  });

  it('points: exactly these', () => {
    const points = [{ N: 3e8, D: 7e9 }];
    expect(runsOfLayout({ kind: 'points', points })).toEqual(points);
  });

  it.each([
    [100, 34],
    [250, 39],
    [500, 43],
    [1000, 45],
    [Number.POSITIVE_INFINITY, 47],
  ])("sardana: at most %d tokens per parameter, %d runs, as in the paper's files", (most, count) => {
    expect(runsOfLayout({ kind: 'sardana' }).filter(({ N, D }) => D / N <= most * (1 + 1e-12)).length).toBe(count);
  });

  it('sardana: six sizes from 150M to 6B, 10 to 10,000 tokens per parameter', () => {
    const runs = runsOfLayout({ kind: 'sardana' });
    expect([...new Set(runs.map(({ N }) => N))]).toEqual([150e6, 370e6, 750e6, 1.3e9, 2.5e9, 6e9]);
    const ratios = runs.map(({ N, D }) => D / N);
    expect([Math.min(...ratios), Math.max(...ratios)]).toEqual([10, 10_000]);
  });
});

it.each([
  ['layout.kind must be one of grid, isoflop, ray, sardana, points, got cube', { kind: 'cube' }],
  ['layout.N must be a list of 1 or more, got a list', { kind: 'grid', N: [], D: [1] }],
  ['layout.D[1] must be a positive finite number of tokens, got -1', { kind: 'grid', N: [1], D: [1, -1] }],
  ['layout.C[0] must be a positive finite number of FLOPs, got NaN', { kind: 'isoflop', N: [1], C: [Number.NaN] }],
  [
    'layout.tokensPerParam must be a positive finite number of tokens per parameter, got 0',
    { kind: 'ray', N: [1], tokensPerParam: 0 },
  ],
  ['layout.points must be a list of 1 or more, got a list', { kind: 'points', points: [] }],
  [
    'layout.points[1].D must be a positive finite number of tokens, got 0',
    {
      kind: 'points',
      points: [
        { N: 1, D: 1 },
        { N: 1, D: 0 },
      ],
    },
  ],
])('%s', (message, layout) => {
  expect(() => check(layoutField, layout, 'layout')).toThrow(
    expect.objectContaining({ name: 'ScalingLawsError', code: 'E_ARGUMENT', message }),
  );
});
