/** Least-squares parabolas against numpy's polyfit. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitParabola, type Parabola, vertexOf } from '../../src/numeric/parabola.ts';

interface Case extends Parabola {
  readonly x: number[];
  readonly y: number[];
}
const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../reference/parabola.json', import.meta.url), 'utf8'),
);

describe('fitParabola', () => {
  it.each(cases.map((one) => [one.x.length, one] as const))('equals numpy on %d points', (_, one) => {
    const found = fitParabola(one.x, one.y)!;
    for (const name of ['centre', 'constant', 'slope', 'curvature', 'curvatureError'] as const) {
      // Normal equations against numpy's QR: half the digits of a double are left at worst.
      expect(Math.abs(found[name] / one[name] - 1)).toBeLessThan(1e-9);
    }
  });

  it('goes through three points, and says nothing of its error', () => {
    // 2 (x - 3)^2 + 5.
    const found = fitParabola([1, 2, 5], [13, 7, 13])!;
    expect(found.curvature).toBeCloseTo(2, 12);
    expect(vertexOf(found).x).toBeCloseTo(3, 12);
    expect(vertexOf(found).y).toBeCloseTo(5, 12);
    expect(found.curvatureError).not.toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('needs three different points', () => {
    expect(fitParabola([1, 1, 2, 2], [1, 2, 3, 4])).toBeUndefined();
    expect(fitParabola([1, 2], [1, 2])).toBeUndefined();
  });
});
