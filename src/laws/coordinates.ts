/** Bounds and scans of solver coordinates: the rules that all kernels share. */

/** A term below this share of the lowest loss, at the centre of the data, is nothing: the amplitude is at its bound, 0. */
export const SMALLEST_TERM = 1e-12;
/** Nor can a term be this many times the lowest loss at the centre of the data. */
export const LARGEST_TERM = 1e4;

/** Values from `low` to `high` by their share u in [0, 1]: geometric where both are positive, else arithmetic. */
export function scanBetween(low: number, high: number): (u: number) => number {
  return low > 0 ? (u) => low * (high / low) ** u : (u) => low + (high - low) * u;
}
