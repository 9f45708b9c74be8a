/** Bounds and scans of solver coordinates: the rules that all kernels share. */

import { spanOf } from '../numeric/span.ts';

/** A term below this share of the lowest loss in every row is nothing: the amplitude is at its bound, 0. */
const SMALLEST_TERM = 1e-14;
/** Nor can a term be this many times the lowest loss at the centre of the data. */
export const LARGEST_TERM = 1e4;

/**
 * Bounds of ln(term at the centre of the data), for a term exp(a - e x) whose exponent e lies between `low` and `high`. At the lower one the
 * term is nothing in any row, however steep it is: a steep term may be nothing at the centre and yet carry the row of smallest x.
 *
 * @param x - ln x of each row, less the centre.
 */
export function termBounds(
  x: Float64Array,
  [low, high]: readonly [number, number],
  lowestLoss: number,
): readonly [number, number] {
  const [least, most] = spanOf(x);
  const rise = Math.max(-high * least, -low * most, 0);
  return [Math.log(SMALLEST_TERM * lowestLoss) - rise, Math.log(LARGEST_TERM * lowestLoss)];
}

/** Values from `low` to `high` by their share u in [0, 1]: geometric where both are positive, else arithmetic. */
export function scanBetween(low: number, high: number): (u: number) => number {
  return low > 0 ? (u) => low * (high / low) ** u : (u) => low + (high - low) * u;
}
