/**
 * Stirling's remainder and the deviance of a ratio, from which densities are formed without the cancellation of `exp(a log x - x - lgamma(a))`.
 *
 * @see Loader (2000), Fast and accurate computation of binomial probabilities.
 */

/** Coefficients of the asymptotic series of {@link stirlingRemainder}: B_2k / (2k (2k - 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

/** log Gamma(a) - ((a - 1/2) log a - a + log(2 pi) / 2), for a > 0: a small number that falls as 1 / (12 a). */
export function stirlingRemainder(a: number): number {
  // From 12 on the series has all digits; below, log Gamma(a) = log Gamma(a + 1) - log a.
  if (a < 12) return stirlingRemainder(a + 1) + (a + 0.5) * Math.log1p(1 / a) - 1;
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) sum = STIRLING[k]! + sum / (a * a);
  return sum / a;
}

/** x - a - a log(x / a), x and a > 0: at least 0, and exact to rounding where x is close to a. */
export function deviance(a: number, x: number): number {
  const v = (x - a) / (x + a);
  if (!(Math.abs(v) <= 0.1)) return x - a - a * Math.log(x / a);
  // log(x / a) = 2 atanh(v); the terms of first order cancel on paper.
  let term = 2 * a * v;
  let sum = (x - a) * v;
  for (let k = 3; ; k += 2) {
    term *= v * v;
    const next = sum - term / k;
    if (next === sum) return sum;
    sum = next;
  }
}
