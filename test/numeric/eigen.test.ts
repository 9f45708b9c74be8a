/** Eigenvalues of small symmetric matrices: closed forms, and the definition itself. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/numeric/eigen.ts';

describe('symmetricEigen', () => {
  it('of [[2, 1], [1, 2]] gives 1 and 3, along (1, -1) and (1, 1)', () => {
    const { values, vectors } = symmetricEigen([2, 1, 1, 2], 2);
    expect(values[0]).toBeCloseTo(1, 14);
    expect(values[1]).toBeCloseTo(3, 14);
    expect(Math.abs(vectors[0]![0]! - vectors[0]![1]!)).toBeCloseTo(Math.SQRT2, 14);
    expect(Math.abs(vectors[1]![0]! + vectors[1]![1]!)).toBeCloseTo(Math.SQRT2, 14);
  });

  it('of a diagonal matrix gives the diagonal, sorted', () => {
    expect(symmetricEigen([3, 0, 0, 0, -1, 0, 0, 0, 2], 3).values).toEqual([-1, 2, 3]);
  });

  it('of the second-difference matrix gives 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 7;
    const matrix = Array.from({ length: n * n }, (_, at) => {
      const distance = Math.abs(Math.floor(at / n) - (at % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    symmetricEigen(matrix, n).values.forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 13);
    });
  });

  it("of x x' gives |x|^2 once and 0 otherwise", () => {
    const x = [1, -2, 3, 0.5];
    const { values } = symmetricEigen(
      x.flatMap((a) => x.map((b) => a * b)),
      4,
    );
    expect(values[3]).toBeCloseTo(14.25, 12);
    for (const value of values.slice(0, 3)) expect(Math.abs(value)).toBeLessThan(1e-13);
  });

  it('keeps apart eigenvalues twelve decades apart, as a badly conditioned information matrix has them', () => {
    // Trace 1e12 + 1, determinant 1e12 - 1: eigenvalues 1e12 + 1e-12 and 1 - 1e-12.
    expect(symmetricEigen([1e12, 1, 1, 1], 2).values[0]).toBeCloseTo(1, 9);
  });

  const symmetric = fc.integer({ min: 1, max: 6 }).chain((n) => {
    const entry = fc.double({ min: -100, max: 100, noNaN: true });
    return fc
      .array(entry, { minLength: n * n, maxLength: n * n })
      .map((a) => ({ n, matrix: a.map((_, at) => a[at]! + a[(at % n) * n + Math.floor(at / n)]!) }));
  });

  it("gives back any symmetric matrix as sum of value x vector x vector', with orthonormal vectors", () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, n);
        const size = Math.max(1, ...matrix.map(Math.abs));
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            const back = values.reduce((sum, value, k) => sum + value * vectors[k]![i]! * vectors[k]![j]!, 0);
            expect(Math.abs(back - matrix[i * n + j]!)).toBeLessThan(1e-12 * n * size);
            const dot = vectors[i]!.reduce((sum, v, k) => sum + v * vectors[j]![k]!, 0);
            expect(dot).toBeCloseTo(i === j ? 1 : 0, 12);
          }
        }
        expect([...values]).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });
});
