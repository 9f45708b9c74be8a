import { expect, it } from 'vitest';
import { evenPoints } from '../../src/numeric/low-discrepancy.ts';

it('in one dimension steps by the golden ratio', () => {
  const golden = (1 + Math.sqrt(5)) / 2;
  evenPoints(50, 1).forEach(([u], k) => {
    expect(u).toBeCloseTo((0.5 + (k + 1) / golden) % 1, 12);
  });
});

it('fills boxes in proportion to their size, far better than chance does', () => {
  for (const dimensions of [2, 4, 7]) {
    const points = evenPoints(1024, dimensions);
    const side = 0.5 ** (2 / dimensions);
    const inside = points.filter((point) => point.every((u) => u >= 0 && u < side)).length;
    // A quarter of the volume: 256 +- 14 by chance.
    expect(Math.abs(inside - 256)).toBeLessThan(28);
  }
});
