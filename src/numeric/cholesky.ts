/**
 * Solves `(H + damping * diag(scale)) step = -gradient` over the free coordinates, by Cholesky's decomposition H = L L'.
 * Made for the few coefficients of a scaling law: the work space is allocated once per size and no call allocates.
 */

/** Work space and solver of damped Newton systems of one size. */
export interface DampedSolver {
  /**
   * @param hessian - n x n, row-major; only the lower triangle is read.
   * @param free - 1 where a coordinate may move, 0 where a bound holds it; held coordinates get step 0.
   * @returns False when the damped matrix is not positive definite; `step` is then meaningless.
   */
  solve(
    hessian: Float64Array,
    damping: number,
    scale: Float64Array,
    free: Uint8Array,
    gradient: Float64Array,
    step: Float64Array,
  ): boolean;
}

/** A pivot below this share of its diagonal is rounding noise. */
const SMALLEST_PIVOT = 1e-14;

/** Makes a solver for systems of `n` coordinates. */
export function dampedSolver(n: number): DampedSolver {
  const factor = new Float64Array(n * n);
  const y = new Float64Array(n);
  const at = new Int32Array(n);
  return {
    solve(hessian, damping, scale, free, gradient, step) {
      let m = 0;
      for (let i = 0; i < n; i++) if (free[i]) at[m++] = i;
      for (let i = 0; i < m; i++) {
        const row = at[i]!;
        for (let j = 0; j <= i; j++) {
          let sum = hessian[row * n + at[j]!]!;
          if (i === j) sum += damping * scale[row]!;
          for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
          if (i > j) factor[i * n + j] = sum / factor[j * n + j]!;
          else if (sum > SMALLEST_PIVOT * scale[row]!) factor[i * n + i] = Math.sqrt(sum);
          else return false;
        }
      }
      for (let i = 0; i < m; i++) {
        let sum = -gradient[at[i]!]!;
        for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * y[k]!;
        y[i] = sum / factor[i * n + i]!;
      }
      step.fill(0);
      for (let i = m - 1; i >= 0; i--) {
        let sum = y[i]!;
        for (let k = i + 1; k < m; k++) sum -= factor[k * n + i]! * y[k]!;
        y[i] = sum / factor[i * n + i]!;
        step[at[i]!] = y[i]!;
      }
      return true;
    },
  };
}
