/** A standard deviation that outliers do not move. */

/** Median of the size of a standard normal. */
const NORMAL_MEDIAN = 0.6745;

/**
 * Standard deviation that the bulk of `residuals` would have if it were normal: the median of their sizes over that of a standard normal.
 * The `fitted` smallest are left out, because that many rows can be met exactly by that many coefficients (as in Matlab's `robustfit`).
 */
export function robustSpread(residuals: ArrayLike<number>, fitted: number): number {
  const sizes = Float64Array.from(residuals, Math.abs)
    .sort()
    .subarray(Math.min(fitted, residuals.length - 1));
  return (sizes[(sizes.length - 1) >> 1]! + sizes[sizes.length >> 1]!) / 2 / NORMAL_MEDIAN;
}
