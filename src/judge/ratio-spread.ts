/** Do these ratios of tokens to parameters tell A / N^alpha and B / D^beta apart? A question for before the training. */

/** Spread of ratios, see {@link ratioSpread}. */
export interface RatioSpread {
  /** V_K. */
  readonly spread: number;
  /** V_K over the mean of k^(-2 beta): 1 - (cosine between the columns of A and B)^2 at alpha = beta; 0 on one ray. */
  readonly share: number;
}

/**
 * Spread of tokens per parameter as the law sees it.
 *
 *     V_K = mean of k^(-2 beta) - (mean of k^-beta)^2
 *
 * With D = k N and alpha = beta, the two terms are N^-alpha times 1 and times k^-beta: only a spread of k^-beta separates A from B.
 *
 * @param ratios - Tokens per parameter k of each run, > 0; at least one.
 * @param beta - Exponent of D.
 * @returns `spread`, and `share`, which has no unit: errors of A and B grow as 1 / sqrt(share).
 * @example
 * ratioSpread([10, 20, 40, 80, 160], 0.28).spread // => 0.0101
 * @see Kricheli et al. (2026), arXiv:2605.08541.
 */
export function ratioSpread(ratios: ArrayLike<number>, beta: number): RatioSpread {
  const powers = Array.from(ratios, (k) => k ** -beta);
  const mean = powers.reduce((sum, power) => sum + power, 0) / powers.length;
  // The variance around the mean: the difference of the two means would be rounding on one ray.
  const spread = powers.reduce((sum, power) => sum + (power - mean) ** 2, 0) / powers.length;
  const size = spread + mean * mean;
  return { spread, share: size > 0 ? spread / size : 0 };
}
