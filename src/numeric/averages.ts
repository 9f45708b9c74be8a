/** Mean, spread and quantiles of a list of numbers. */

/** Mean; NaN of none. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Standard deviation of what `values` are a sample of: the sum of squares over their number less one. */
export function standardDeviation(values: readonly number[]): number {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Pearson's correlation of two lists. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  const products = one.map((value, i) => (value - a) * (other[i]! - b));
  return (mean(products) * one.length) / (standardDeviation(one) * standardDeviation(other) * (one.length - 1));
}

/**
 * Quantile of a list in rising order, on the straight line between its neighbours (Hyndman and Fan 1996, American Statistician 50, 361-365,
 * definition 7).
 *
 * @param p - Share below it, in [0, 1].
 */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)]!;
  return below + (at % 1) * (sorted[Math.ceil(at)]! - below);
}

/** Median; NaN of none. */
export const median = (values: ArrayLike<number>): number => quantileOf(Float64Array.from(values).sort(), 0.5);
