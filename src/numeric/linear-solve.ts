/**
 * Solves a small square system by Gaussian elimination with partial pivoting.
 *
 * @param matrix - n rows of n numbers; not changed.
 * @param right - n numbers.
 * @returns The solution, or undefined where the matrix is singular to rounding.
 */
export function linearSolve(matrix: readonly ArrayLike<number>[], right: ArrayLike<number>): Float64Array | undefined {
  const n = right.length;
  const rows = matrix.map((row, i) => Float64Array.from({ length: n + 1 }, (_, j) => (j < n ? row[j]! : right[i]!)));
  const largest = Math.max(...rows.map((row) => Math.max(...row.subarray(0, n).map(Math.abs))));
  for (let p = 0; p < n; p++) {
    let pivot = p;
    for (let i = p + 1; i < n; i++) if (Math.abs(rows[i]![p]!) > Math.abs(rows[pivot]![p]!)) pivot = i;
    [rows[p], rows[pivot]] = [rows[pivot]!, rows[p]!];
    if (!(Math.abs(rows[p]![p]!) > Number.EPSILON * n * largest)) return undefined;
    for (let i = p + 1; i < n; i++) {
      const factor = rows[i]![p]! / rows[p]![p]!;
      for (let j = p; j <= n; j++) rows[i]![j] = rows[i]![j]! - factor * rows[p]![j]!;
    }
  }
  const x = new Float64Array(n);
  for (let p = n - 1; p >= 0; p--) {
    let sum = rows[p]![n]!;
    for (let j = p + 1; j < n; j++) sum -= rows[p]![j]! * x[j]!;
    x[p] = sum / rows[p]![p]!;
  }
  return x;
}
