/**
 * Distribution functions and quantiles of the normal, the chi-squared, Student's t and Fisher's F distribution, to 13 digits, far tails included.
 *
 * A chi-squared probability is the regularised gamma function, by its series below the mean and by a continued fraction above. A squared normal
 * deviate is chi-squared with one degree of freedom. Student's t is the continued fraction of the incomplete beta function. A quantile is Newton's
 * method on the log of the smaller tail over the log of the deviate: that function is concave, so the steps settle.
 *
 * @see Abramowitz and Stegun (1964), 6.5.29, 6.5.31 and 26.5.8, the fractions evaluated as by Lentz (1976).
 */

import { deviance, stirlingRemainder } from './gamma.ts';

/** P(Z <= z) of a standard normal. */
export function normalCdf(z: number): number {
  const tail = chisquareTail(z * z, 1) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** z with P(Z <= z) = p, p in [0, 1]. */
export function normalQuantile(p: number): number {
  // 1 - p and 1 - 2 p are exact where they are formed.
  if (p > 0.5) return -normalQuantile(1 - p);
  return -Math.sqrt(p > 0.25 ? chisquareLower(1 - 2 * p, 1) : chisquareUpper(2 * p, 1));
}

/** P(X > x) of a chi-squared with `df` degrees of freedom, exact far into the tail. */
export function chisquareTail(x: number, df: number): number {
  if (x <= 0) return 1;
  return x === Infinity ? 0 : Math.exp(upperGamma(df / 2, x / 2).log);
}

/** x with P(X <= x) = p of a chi-squared with `df` degrees of freedom. */
export const chisquareQuantile = (p: number, df: number): number =>
  p <= 0.5 ? chisquareLower(p, df) : chisquareUpper(1 - p, df);

/** t with P(T <= t) = p of Student's t with `df` degrees of freedom. */
export function tQuantile(p: number, df: number): number {
  if (p > 0.5) return -tQuantile(1 - p, df);
  if (p === 0 || p === 0.5) return p === 0 ? -Infinity : 0;
  const [of, probability] = p > 0.25 ? [studentMiddle, 0.5 - p] : [studentTail, p];
  return -deviateAt(Math.log(probability), (t) => of(t, df), -normalQuantile(p));
}

const chisquareLower = (p: number, df: number): number =>
  p === 0 ? 0 : deviateAt(Math.log(p), (x) => lowerGamma(df / 2, x / 2), chisquareMedian(df));

const chisquareUpper = (q: number, df: number): number =>
  q === 0 ? Infinity : deviateAt(Math.log(q), (x) => upperGamma(df / 2, x / 2), chisquareMedian(df));

/** Wilson and Hilferty (1931): a start. */
const chisquareMedian = (df: number): number => df * Math.max(1 - 2 / (9 * df), 0.1) ** 3;

/** A probability as its log, and the derivative of that log by the log of the deviate. */
interface LogProbability {
  readonly log: number;
  readonly slope: number;
}

/** The deviate whose probability is `exp(log)`. */
function deviateAt(log: number, of: (deviate: number) => LogProbability, start: number): number {
  let deviate = start;
  for (let i = 0; i < 500; i++) {
    const at = of(deviate);
    // A tail's first step overshoots: e^2 at a time is enough for any probability that a number can hold.
    const step = Math.max(-2, Math.min(2, (log - at.log) / at.slope));
    deviate *= Math.exp(step);
    if (!(Math.abs(step) >= 1e-14)) break;
  }
  return deviate;
}

/** log of x^a e^-x / Gamma(a). */
const logGammaTerm = (a: number, x: number): number =>
  Math.log(a / (2 * Math.PI)) / 2 - deviance(a, x) - stirlingRemainder(a);

/** P(a, x). */
function lowerGamma(a: number, x: number): LogProbability {
  const term = logGammaTerm(a, x);
  if (x > a + 1) return complement(term, upperGamma(a, x).log, 1);
  let next = 1 / a;
  let sum = next;
  for (let k = 1; next > sum * 1e-17; k++) {
    next *= x / (a + k);
    sum += next;
  }
  return { log: term + Math.log(sum), slope: 1 / sum };
}

/** Q(a, x) = 1 - P(a, x). */
function upperGamma(a: number, x: number): LogProbability {
  const term = logGammaTerm(a, x);
  if (x <= a + 1) return complement(term, lowerGamma(a, x).log, -1);
  const fraction = continuedFraction(x + 1 - a, (k) => [k * (a - k), x + 2 * k + 1 - a]);
  return { log: term - Math.log(fraction), slope: -fraction };
}

/** 1 minus a probability that is known by its log; `term` is the log of the density over log x. */
function complement(term: number, log: number, sign: number): LogProbability {
  const rest = -Math.expm1(log);
  return { log: Math.log(rest), slope: (sign * Math.exp(term)) / rest };
}

/** log of t times the density of Student's t. */
function logStudentTerm(t: number, df: number): number {
  const norm = stirlingRemainder((df + 1) / 2) - stirlingRemainder(df / 2) - deviance(df / 2, (df + 1) / 2);
  return norm + Math.log(t / Math.sqrt(2 * Math.PI)) - ((df + 1) / 2) * Math.log1p((t * t) / df);
}

/** P(T > t), t > 0. */
function studentTail(t: number, df: number): LogProbability {
  const term = logStudentTerm(t, df);
  const x = df / (df + t * t);
  if (x > (df + 2) / (df + 5)) {
    const log = Math.log(0.5 - Math.exp(studentMiddle(t, df).log));
    return { log, slope: -Math.exp(term - log) };
  }
  const fraction = df * betaFraction(x, df / 2, 0.5);
  return { log: term - Math.log(fraction), slope: -fraction };
}

/** P(0 < T < t), t > 0. */
function studentMiddle(t: number, df: number): LogProbability {
  const term = logStudentTerm(t, df);
  const x = df / (df + t * t);
  if (x <= (df + 2) / (df + 5)) {
    const log = Math.log(0.5 - Math.exp(studentTail(t, df).log));
    return { log, slope: Math.exp(term - log) };
  }
  const fraction = betaFraction((t * t) / (df + t * t), 0.5, df / 2);
  return { log: term - Math.log(fraction), slope: fraction };
}

/** P(F > f) of Fisher's F with `above` and `below` degrees of freedom, exact far into the tail. */
export function fTail(f: number, above: number, below: number): number {
  if (!(f > 0)) return f <= 0 ? 1 : Number.NaN;
  if (f === Infinity) return 0;
  const [a, b] = [below / 2, above / 2];
  const x = below / (below + above * f);
  const y = (above * f) / (below + above * f);
  const n = a + b;
  const norm = stirlingRemainder(n) - stirlingRemainder(a) - stirlingRemainder(b);
  const term = Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(norm - deviance(a, n * x) - deviance(b, n * y));
  return x < (a + 1) / (n + 2) ? term / (a * betaFraction(x, a, b)) : 1 - term / (b * betaFraction(y, b, a));
}

/** x^a (1 - x)^b / (a B(a, b) I_x(a, b)). */
const betaFraction = (x: number, a: number, b: number): number =>
  continuedFraction(1, (k) => {
    const half = k >> 1;
    const at = a + k;
    const term = k % 2 === 0 ? half * (b - half) : -(a + half) * (a + b + half);
    return [(term * x) / (at * (at - 1)), 1];
  });

/** b + a1 / (b1 + a2 / (b2 + ...)), from the top down; the terms are those of k = 1, 2, ... */
function continuedFraction(b: number, term: (k: number) => readonly [number, number]): number {
  let value = b;
  let c = b;
  let d = 0;
  for (let k = 1; k < 100_000; k++) {
    const [ak, bk] = term(k);
    d = 1 / (bk + ak * d);
    c = bk + ak / c;
    value *= c * d;
    if (!(Math.abs(c * d - 1) >= 3e-16)) break;
  }
  return value;
}
