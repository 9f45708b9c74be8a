import { describe, expect, it } from 'vitest';
import { combinations, isVaried, type Varied } from '../../src/ablate/vary.ts';

const filtersOf = (...filters: Varied[]) => combinations(filters).map((one) => one.filters);
const INF = Number.POSITIVE_INFINITY;

describe('combinations', () => {
  it('of plain filters are the filters', () => {
    expect(filtersOf({ kind: 'final-only' }, { kind: 'range', of: 'N', max: 1e9 })).toEqual([
      [{ kind: 'final-only' }, { kind: 'range', of: 'N', max: 1e9 }],
    ]);
    expect(filtersOf()).toEqual([[]]);
  });

  it('take the numbers of a list one by one, the last list fastest', () => {
    expect(
      filtersOf({ kind: 'exclude-early', fraction: [0, 0.1] }, { kind: 'range', of: 'N', min: 1, max: [2, 3] }),
    ).toEqual([
      [
        { kind: 'exclude-early', fraction: 0 },
        { kind: 'range', of: 'N', min: 1, max: 2 },
      ],
      [
        { kind: 'exclude-early', fraction: 0 },
        { kind: 'range', of: 'N', min: 1, max: 3 },
      ],
      [
        { kind: 'exclude-early', fraction: 0.1 },
        { kind: 'range', of: 'N', min: 1, max: 2 },
      ],
      [
        { kind: 'exclude-early', fraction: 0.1 },
        { kind: 'range', of: 'N', min: 1, max: 3 },
      ],
    ]);
  });

  it('take two lists in one filter as a grid', () => {
    expect(filtersOf({ kind: 'range', of: 'N', min: [1, 2], max: [8, 9] }).map(([one]) => one)).toMatchObject([
      { min: 1, max: 8 },
      { min: 1, max: 9 },
      { min: 2, max: 8 },
      { min: 2, max: 9 },
    ]);
  });

  it('leave out a bound at infinity, and a filter that then binds nothing', () => {
    expect(filtersOf({ kind: 'range', of: 'tokensPerParam', max: [100, INF] })).toEqual([
      [{ kind: 'range', of: 'tokensPerParam', max: 100 }],
      [],
    ]);
    expect(filtersOf({ kind: 'range', of: 'N', min: 5, max: [9, INF] })[1]).toEqual([
      { kind: 'range', of: 'N', min: 5 },
    ]);
  });

  it('refuse an empty list', () => {
    expect(() => filtersOf({ kind: 'final-only' }, { kind: 'every-kth', k: [] })).toThrow(
      expect.objectContaining({
        code: 'E_ARGUMENT',
        message: 'filters[1].k must be a number or a list of numbers, got []',
      }),
    );
  });
});

it('a list of values to be equal to is one filter, not a variation', () => {
  expect(isVaried({ kind: 'equals', column: 'optimizer', value: ['adam', 'lion'] })).toBe(false);
  expect(isVaried({ kind: 'drop-top-loss', count: [0, 5] })).toBe(true);
});
