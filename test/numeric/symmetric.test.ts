/** Small symmetric matrices against numpy (test/reference/uncertainty.py) and by what an inverse is. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { covarianceOf, inverseSymmetric, type Matrix, quadraticForm, sandwich } from '../../src/numeric/symmetric.ts';

const { symmetric } = JSON.parse(readFileSync(new URL('../reference/uncertainty.json', import.meta.url), 'utf8')) as {
  symmetric: { matrix: Matrix; inverse: Matrix; vector: readonly number[]; quadraticForm: number };
};

describe('a covariance whose units differ by 1e10', () => {
  it('has the inverse that numpy finds', () => {
    const inverse = inverseSymmetric(symmetric.matrix)!;
    symmetric.inverse.forEach((row, i) => {
      row.forEach((expected, j) => {
        // The condition number of the correlation is about 1e3.
        expect(Math.abs(inverse[i]![j]! / expected - 1)).toBeLessThan(1e-10);
      });
    });
    expect(Math.abs(quadraticForm(inverse, symmetric.vector) / symmetric.quadraticForm - 1)).toBeLessThan(1e-10);
  });

  it('times its inverse is the unit matrix', () => {
    const { matrix } = symmetric;
    const inverse = inverseSymmetric(matrix)!;
    matrix.forEach((row, i) => {
      for (let j = 0; j < 5; j++) {
        const element = row.reduce((sum, value, k) => sum + value * inverse[k]![j]!, 0);
        const unit = Math.sqrt(matrix[i]![i]! / matrix[j]![j]!);
        expect(Math.abs(element / unit - (i === j ? 1 : 0))).toBeLessThan(1e-10);
      }
    });
  });
});

it.each([
  [
    'rank one',
    [
      [1, 2],
      [2, 4],
    ],
  ],
  [
    'a zero on the diagonal',
    [
      [1, 0],
      [0, 0],
    ],
  ],
  [
    'not finite',
    [
      [1, Number.NaN],
      [Number.NaN, 1],
    ],
  ],
  [
    'infinite',
    [
      [Number.POSITIVE_INFINITY, 0],
      [0, 1],
    ],
  ],
  [
    'indefinite',
    [
      [1, 2],
      [2, 1],
    ],
  ],
] as [string, Matrix][])('no inverse: %s', (_, matrix) => expect(inverseSymmetric(matrix)).toBeUndefined());

it('the covariance of columns and its sandwich, by hand', () => {
  const matrix = covarianceOf([
    [1, 2, 3],
    [2, 4, 9],
  ]);
  expect(matrix).toEqual([
    [1, 3.5],
    [3.5, 13],
  ]);
  expect(sandwich([[2, -1]], matrix)).toEqual([[4 - 14 + 13]]);
});
