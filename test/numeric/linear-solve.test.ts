import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearSolve } from '../../src/numeric/linear-solve.ts';

describe('linearSolve', () => {
  it('solves a system by hand, with a zero on the diagonal', () => {
    // 2y = 4, 3x + y = 5: x = 1, y = 2.
    const matrix = [
      [0, 2],
      [3, 1],
    ];
    expect(Array.from(linearSolve(matrix, [4, 5])!)).toEqual([1, 2]);
  });

  it('says when there is no answer', () => {
    const singular = [
      [1, 2],
      [2, 4],
    ];
    expect(linearSolve(singular, [1, 2])).toBeUndefined();
  });

  it('gives back the right-hand side', () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 20, maxLength: 20 }), (numbers) => {
        // Diagonally dominant, so never near singular.
        const matrix = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => numbers[4 * i + j]! + (i === j ? 5 : 0)));
        const right = numbers.slice(16);
        const x = linearSolve(matrix, right)!;
        matrix.forEach((row, i) => {
          expect(row.reduce((sum, value, j) => sum + value * x[j]!, 0)).toBeCloseTo(right[i]!, 12);
        });
      }),
    );
  });
});
