/** Derivatives by central differences, refined by Richardson's extrapolation: errors of h^4, not of h^2. */

/** A step in proportion to the coordinate; smooth functions of order 1 lose nothing by it. */
const stepOf = (coordinate: number): number => 1e-3 * Math.max(Math.abs(coordinate), 0.05);

/** Derivatives of `value` at `theta`; `step` for functions that are smooth over a short way only. */
export function gradientOf(value: (theta: Float64Array) => number, theta: Float64Array, step?: number): Float64Array {
  return theta.map((coordinate, i) => {
    const h = step ?? stepOf(coordinate);
    const central = (by: number): number =>
      (value(theta.with(i, coordinate + by)) - value(theta.with(i, coordinate - by))) / (2 * by);
    return (4 * central(h / 2) - central(h)) / 3;
  });
}

/** Largest difference of two lists, as a share of the largest entry of the second. */
export function relativeGap(one: ArrayLike<number>, two: ArrayLike<number>): number {
  let gap = 0;
  let size = 0;
  for (let i = 0; i < two.length; i++) {
    gap = Math.max(gap, Math.abs(one[i]! - two[i]!));
    size = Math.max(size, Math.abs(two[i]!));
  }
  return size === 0 ? gap : gap / size;
}
