/**
 * Least squares with bounds on few unknowns, from the normal equations: minimise x'Gx / 2 - h'x with lower <= x <= upper.
 *
 * Every choice of which unknowns are free and which sit on a bound is tried (3^k, k <= 4): the best feasible one is the minimum,
 * because the problem is convex; where all may be free, that is it. Exact, and for three unknowns faster than any active-set bookkeeping.
 */

/**
 * @param G - k x k, row-major, symmetric, positive semidefinite.
 * @param h - Right-hand side, length k.
 * @returns The minimiser, or undefined when no choice gives a finite feasible point.
 */
export function boxedLeastSquares(
  G: ArrayLike<number>,
  h: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
): Float64Array | undefined {
  const k = h.length;
  const x = new Float64Array(k);
  const best = new Float64Array(k);
  const rows = new Float64Array(k * (k + 1));
  const free: number[] = [];
  let bestValue = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 3 ** k; choice++) {
    free.length = 0;
    let finite = true;
    for (let i = 0, rest = choice; i < k; i++, rest = Math.floor(rest / 3)) {
      if (rest % 3 === 0) free.push(i);
      else x[i] = rest % 3 === 1 ? lower[i]! : upper[i]!;
      finite &&= rest % 3 === 0 || Number.isFinite(x[i]!);
    }
    if (!finite || !solveFree(G, h, x, free, rows)) continue;
    if (free.some((i) => x[i]! < lower[i]! || x[i]! > upper[i]!)) continue;
    if (choice === 0) return x;
    const value = quadratic(G, h, x);
    if (value < bestValue) {
      bestValue = value;
      best.set(x);
    }
  }
  return bestValue < Number.POSITIVE_INFINITY ? best : undefined;
}

function quadratic(G: ArrayLike<number>, h: ArrayLike<number>, x: Float64Array): number {
  let value = 0;
  for (let i = 0; i < x.length; i++) {
    let Gx = 0;
    for (let j = 0; j < x.length; j++) Gx += G[i * x.length + j]! * x[j]!;
    value += x[i]! * (0.5 * Gx - h[i]!);
  }
  return value;
}

/** Gaussian elimination on the free unknowns, the others held at their values in `x`. False when singular. `rows` is work space. */
function solveFree(
  G: ArrayLike<number>,
  h: ArrayLike<number>,
  x: Float64Array,
  free: readonly number[],
  rows: Float64Array,
): boolean {
  const k = x.length;
  const m = free.length;
  const width = k + 1;
  for (const i of free) x[i] = 0;
  for (let p = 0; p < m; p++) {
    const i = free[p]!;
    let right = h[i]!;
    for (let j = 0; j < k; j++) right -= G[i * k + j]! * x[j]!;
    for (let q = 0; q < m; q++) rows[p * width + q] = G[i * k + free[q]!]!;
    rows[p * width + m] = right;
  }
  for (let p = 0; p < m; p++) {
    const pivot = rows[p * width + p]!;
    if (!(pivot > 1e-13 * G[free[p]! * (k + 1)]!)) return false;
    for (let r = p + 1; r < m; r++) {
      const factor = rows[r * width + p]! / pivot;
      for (let c = p; c <= m; c++) rows[r * width + c] = rows[r * width + c]! - factor * rows[p * width + c]!;
    }
  }
  for (let p = m - 1; p >= 0; p--) {
    let right = rows[p * width + m]!;
    for (let c = p + 1; c < m; c++) right -= rows[p * width + c]! * x[free[c]!]!;
    x[free[p]!] = right / rows[p * width + p]!;
  }
  return true;
}
