/** Bounded least squares against scipy's lsq_linear, and against the conditions that single out the minimum. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxedLeastSquares } from '../../src/numeric/boxed-least-squares.ts';

interface Case {
  readonly G: number[];
  readonly h: number[];
  readonly lower: number[];
  readonly upper: (number | null)[];
  readonly x: number[];
}
const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../reference/boxed-least-squares.json', import.meta.url), 'utf8'),
);
const INFINITY = Number.POSITIVE_INFINITY;

describe('boxedLeastSquares', () => {
  it.each(cases.map((one, i) => [i, one.h.length, one] as const))(
    'equals scipy on case %d (%d unknowns)',
    (_, __, one) => {
      const upper = one.upper.map((value) => value ?? INFINITY);
      const x = boxedLeastSquares(one.G, one.h, one.lower, upper)!;
      const size = Math.max(...one.x.map(Math.abs));
      for (const [i, value] of one.x.entries()) expect(Math.abs(x[i]! - value)).toBeLessThanOrEqual(1e-8 * size);
    },
  );

  it('of one unknown is h / G, clipped', () => {
    expect(boxedLeastSquares([4], [8], [0], [INFINITY])).toEqual(Float64Array.of(2));
    expect(boxedLeastSquares([4], [8], [0], [1.5])).toEqual(Float64Array.of(1.5));
    expect(boxedLeastSquares([4], [-8], [0], [1.5])).toEqual(Float64Array.of(0));
  });

  it('finds a minimum of a singular problem where a bound gives one: x + y = 2 in the unit box is (1, 1)', () => {
    expect(boxedLeastSquares([1, 1, 1, 1], [2, 2], [0, 0], [1, 1])).toEqual(Float64Array.of(1, 1));
  });

  it('has no answer where nothing holds the unknown', () => {
    expect(boxedLeastSquares([0], [1], [Number.NEGATIVE_INFINITY], [INFINITY])).toBeUndefined();
  });

  const problem = fc.integer({ min: 1, max: 4 }).chain((k) => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true });
    const list = (length: number) => fc.array(entry, { minLength: length, maxLength: length });
    return fc.record({ M: list(6 * k), y: list(6), low: list(k), width: list(k) });
  });

  it('meets the conditions of Karush, Kuhn and Tucker on any well-posed problem', () => {
    fc.assert(
      fc.property(problem, ({ M, y, low, width }) => {
        const k = low.length;
        const column = (j: number): number[] => M.slice(6 * j, 6 * j + 6);
        const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
        const G = low.flatMap((_, i) => low.map((_, j) => dot(column(i), column(j)) + (i === j ? 0.01 : 0)));
        const h = low.map((_, i) => dot(column(i), y));
        const upper = low.map((value, i) => (width[i]! > 1 ? INFINITY : value + Math.abs(width[i]!)));
        const x = boxedLeastSquares(G, h, low, upper)!;
        for (let i = 0; i < k; i++) {
          const slope = dot(G.slice(i * k, i * k + k), [...x]) - h[i]!;
          expect(x[i]).toBeGreaterThanOrEqual(low[i]!);
          expect(x[i]).toBeLessThanOrEqual(upper[i]!);
          // One step downhill, clipped to the box, leads nowhere.
          expect(Math.abs(Math.min(Math.max(x[i]! - slope, low[i]!), upper[i]!) - x[i]!)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 500 },
    );
  });
});
