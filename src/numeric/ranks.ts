/** Ranks, and a test of whether groups of numbers lie apart, whatever their distribution. Kruskal & Wallis 1952. */

/** Ranks 1 to n of `values`; equal values share the mean of their ranks. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const rank = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) rank[order[k]!] = (from + to + 1) / 2;
    from = to;
  }
  return rank;
}

/**
 * Kruskal and Wallis's H: the spread of the mean ranks of groups, about chi-squared with (groups - 1) degrees of freedom if they do not
 * differ. Ties, seldom among continuous values, make it a little small. H / (n - 1) is the share of the variance of the ranks that lies
 * between groups.
 *
 * @param groups - Positions in `values`, each in one group.
 */
export function kruskalWallis(values: ArrayLike<number>, groups: readonly (readonly number[])[]): number {
  const rank = ranks(values);
  const n = rank.length;
  const between = groups.reduce((sum, group) => {
    const mean = group.reduce((total, i) => total + rank[i]!, 0) / group.length;
    return sum + group.length * (mean - (n + 1) / 2) ** 2;
  }, 0);
  return (12 * between) / (n * (n + 1));
}
