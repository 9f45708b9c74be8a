/** Small symmetric matrices as arrays of rows: inverse, sandwich, quadratic form. */

import { symmetricEigen } from './eigen.ts';

/** A square matrix by rows. */
export type Matrix = readonly (readonly number[])[];

/** Eigenvalues below this share of the largest are rounding: the matrix has no inverse in double precision. */
const SINGULAR = 1e-15;

/**
 * Inverse of a symmetric positive definite matrix, scaled to a unit diagonal first so that units do not matter.
 *
 * @returns Undefined where the matrix is singular to rounding.
 */
export function inverseSymmetric(matrix: Matrix): Matrix | undefined {
  const n = matrix.length;
  const size = matrix.map((row, i) => Math.sqrt(row[i]!));
  if (!size.every((s) => s > 0 && Number.isFinite(s))) return undefined;
  const scaled = matrix.flatMap((row, i) => row.map((value, j) => value / (size[i]! * size[j]!)));
  if (!scaled.every(Number.isFinite)) return undefined;
  const { values, vectors } = symmetricEigen(scaled, n);
  if (!(values[0]! > SINGULAR * values[n - 1]!)) return undefined;
  return size.map((si, i) =>
    size.map(
      (sj, j) => values.reduce((sum, value, k) => sum + (vectors[k]![i]! * vectors[k]![j]!) / value, 0) / (si * sj),
    ),
  );
}

/** left x middle x left', for a rectangular `left`. */
export function sandwich(left: Matrix, middle: Matrix): Matrix {
  const half = left.map((row) =>
    middle[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * middle[k]![j]!, 0)),
  );
  return half.map((row) => left.map((other) => row.reduce((sum, value, k) => sum + value * other[k]!, 0)));
}

/** x' matrix x. */
export function quadraticForm(matrix: Matrix, x: readonly number[]): number {
  return matrix.reduce((sum, row, i) => sum + x[i]! * row.reduce((dot, value, j) => dot + value * x[j]!, 0), 0);
}

/** Covariance of columns: element (i, j) over the rows shared by column i and j, divisor n - 1. */
export function covarianceOf(columns: readonly (readonly number[])[]): Matrix {
  const n = columns[0]!.length;
  const centred = columns.map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / n;
    return column.map((value) => value - mean);
  });
  return centred.map((one) => centred.map((two) => one.reduce((sum, value, k) => sum + value * two[k]!, 0) / (n - 1)));
}
