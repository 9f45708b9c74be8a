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
  let best: Float64Array | undefined;
  let bestValue = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 3 ** k; choice++) {
    const x = new Float64Array(k);
    const free: number[] = [];
    for (let i = 0, rest = choice; i < k; i++, rest = Math.floor(rest / 3)) {
      if (rest % 3 === 0) free.push(i);
      else x[i] = rest % 3 === 1 ? lower[i]! : upper[i]!;
    }
    if (!x.every(Number.isFinite) || !solveFree(G, h, x, free)) continue;
    if (free.some((i) => x[i]! < lower[i]! || x[i]! > upper[i]!)) continue;
    if (choice === 0) return x;
    const value = quadratic(G, h, x);
    if (value < bestValue) {
      bestValue = value;
      best = x;
    }
  }
  return best;
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

/** Gaussian elimination on the free unknowns, the others held at their values in `x`. False when singular. */
function solveFree(G: ArrayLike<number>, h: ArrayLike<number>, x: Float64Array, free: readonly number[]): boolean {
  const k = x.length;
  const m = free.length;
  const rows = free.map((i) => {
    let right = h[i]!;
    for (let j = 0; j < k; j++) if (!free.includes(j)) right -= G[i * k + j]! * x[j]!;
    return [...free.map((j) => G[i * k + j]!), right];
  });
  for (let p = 0; p < m; p++) {
    if (!(rows[p]![p]! > 1e-13 * G[free[p]! * (k + 1)]!)) return false;
    for (let r = p + 1; r < m; r++) {
      const factor = rows[r]![p]! / rows[p]![p]!;
      for (let c = p; c <= m; c++) rows[r]![c] = rows[r]![c]! - factor * rows[p]![c]!;
    }
  }
  for (let p = m - 1; p >= 0; p--) {
    let right = rows[p]![m]!;
    for (let c = p + 1; c < m; c++) right -= rows[p]![c]! * x[free[c]!]!;
    x[free[p]!] = right / rows[p]![p]!;
  }
  return true;
}
