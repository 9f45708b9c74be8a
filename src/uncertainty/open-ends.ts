/**
 * Which ends of an interval the replicates determine. An end is a quantile of the replicates, so it has an error of its own: the quantile at
 * share p of n replicates lies, 19 times in 20, between the order statistics n p -+ 2 sqrt(n p (1 - p)) (Woodruff 1952, JASA 47, 635-646).
 */

/** An interval in the making. */
export interface EndsOverReplicates {
  /** The quantity over the replicates, in rising order. */
  readonly values: readonly number[];
  /** Shares of the replicates below the ends. */
  readonly shares: readonly [lower: number, upper: number];
  readonly ends: readonly [lower: number, upper: number];
  /** Replicates without such a quantity. */
  readonly missing: number;
  readonly level: number;
}

/** An end is open if its own error, away from the median, exceeds its distance from the median. */
const LARGEST_ERROR = 1;

/** For each end whether another seed could put it far from where it is. */
export function openEnds({ values, shares, ends, missing, level }: EndsOverReplicates): {
  readonly lower: boolean;
  readonly upper: boolean;
} {
  const n = values.length;
  // Replicates without the quantity lie beyond one end or the other, nobody knows which.
  if (missing / (n + missing) > (1 - level) / 2) return { lower: true, upper: true };
  // Sizes and costs spread by factors.
  const scale = values[0]! > 0 ? Math.log : (value: number): number => value;
  const median = scale(values[(n - 1) >> 1]!);
  const isOpen = (side: 0 | 1): boolean => {
    const beyond = n * (side === 0 ? shares[0] : 1 - shares[1]);
    if (beyond < 1) return true;
    const further = Math.floor(beyond - 2 * Math.sqrt(beyond));
    const outer = values[side === 0 ? Math.max(further, 0) : Math.min(n - 1 - further, n - 1)]!;
    const error = Math.abs(scale(outer) - scale(ends[side]));
    return error > LARGEST_ERROR * Math.abs(scale(ends[side]) - median);
  };
  return { lower: isOpen(0), upper: isOpen(1) };
}
