/** Statistics of values that count as often as their weights say: a weight of 2 is a value written twice. */

/** Weighted mean. */
export function weightedMean(values: ArrayLike<number>, weight: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += weight[i]! * values[i]!;
    count += weight[i]!;
  }
  return sum / count;
}

/** The value in the middle, or the mean of the two there. */
export function weightedMedian(values: Float64Array, weight: Float64Array): number {
  const order = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  let left = weight.reduce((sum, value) => sum + value, 0) / 2;
  for (const [k, i] of order.entries()) {
    left -= weight[i]!;
    if (left < 0 || k === order.length - 1) return values[i]!;
    if (left === 0) return (values[i]! + values[order[k + 1]!]!) / 2;
  }
  return Number.NaN;
}
