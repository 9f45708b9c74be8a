/** Akima's interpolation against scipy. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { akima } from '../../src/numeric/akima.ts';

interface Case {
  readonly x: number[];
  readonly y: number[];
  readonly at: number[];
  readonly values: number[];
}
const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../reference/akima.json', import.meta.url), 'utf8'),
);

describe('akima', () => {
  it.each(cases.map((one, i) => [i, one.x.length, one] as const))(
    'equals scipy on case %d (%d points)',
    (_, __, one) => {
      const curve = akima(one.x, one.y);
      const size = Math.max(...one.values.map(Math.abs));
      // Sums of cubes, in another order than scipy's.
      for (const [k, x] of one.at.entries())
        expect(Math.abs(curve.at(x) - one.values[k]!)).toBeLessThanOrEqual(1e-12 * size);
    },
  );

  const points = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 2,
      maxLength: 12,
    })
    .map((steps) => {
      let x = 0;
      return steps.map(([step, y]) => {
        x += step / 10;
        return [x, y] as const;
      });
    });

  it('has no point below its minimum', () => {
    fc.assert(
      fc.property(points, (list) => {
        const [x, y] = [list.map(([x]) => x), list.map(([, y]) => y)];
        const curve = akima(x, y);
        const minimum = curve.minimum();
        expect(curve.at(minimum.x)).toBeCloseTo(minimum.y, 9);
        for (let k = 0; k <= 500; k++) {
          const to = x[0]! + ((x.at(-1)! - x[0]!) * k) / 500;
          expect(curve.at(to)).toBeGreaterThanOrEqual(minimum.y - 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('finds the minimum of a parabola, which it reproduces on even steps', () => {
    const x = [0, 1, 2, 3, 4, 5, 6];
    const { minimum } = akima(
      x,
      x.map((value) => (value - 2.75) ** 2 + 1),
    );
    expect(minimum().x).toBeCloseTo(2.75, 12);
    expect(minimum().y).toBeCloseTo(1, 12);
  });
});
