import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketedRoot } from '../../src/numeric/root.ts';

describe('bracketedRoot', () => {
  it.each([
    ['x^2 = 2', (x: number) => x * x - 2, 0, 2, Math.SQRT2],
    ['e^x = 10', (x: number) => Math.exp(x) - 10, 0, 5, Math.LN10],
    ['cos x = 0', Math.cos, 1, 2, Math.PI / 2],
    ['falling', (x: number) => 1 / x - 3, 0.01, 100, 1 / 3],
    ['atan, steep beside flat', (x: number) => Math.atan(1e6 * (x - 0.3)), -1e3, 1e3, 0.3],
    ['straight line', (x: number) => 5 * x - 1, -7, 9, 0.2],
  ] as const)('%s', (_, f, low, high, root) => {
    // Relative 4e-16: the last digit, and the rounding of f itself.
    expect(Math.abs(bracketedRoot(f, low, high) / root - 1)).toBeLessThan(1e-15);
    expect(Math.abs(bracketedRoot(f, high, low) / root - 1)).toBeLessThan(1e-15);
  });

  it('finds a root on the border, at 0, and of ninth order', () => {
    expect(bracketedRoot((x) => x - 3, 3, 8)).toBe(3);
    expect(bracketedRoot((x) => x - 8, 3, 8)).toBe(8);
    expect(Math.abs(bracketedRoot((x) => x, -2, 5))).toBeLessThan(1e-15);
    expect(Math.abs(bracketedRoot((x) => (x - 1) ** 9, 0, 3) - 1)).toBeLessThan(1e-5);
  });

  it('stays in the bracket, and asks for few values', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        (root, left, right) => {
          let asked = 0;
          const f = (x: number): number => {
            asked++;
            expect(x).toBeGreaterThanOrEqual(root - left);
            expect(x).toBeLessThanOrEqual(root + right);
            return Math.expm1(x - root);
          };
          const found = bracketedRoot(f, root - left, root + right);
          expect(Math.abs(found - root)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(root)));
          expect(asked).toBeLessThan(100);
        },
      ),
    );
  });
});
