/**
 * Distribution functions, from @stdlib. The normal quantile has 12 digits for p between 1e-6 and 1 - 1e-6, 8 at 1e-10; the others more.
 * simple-statistics' `probit` is off by .14 %, too much for the ends of an interval.
 */

import gammainc from '@stdlib/math-base-special-gammainc';
import chisquareQuantileOf from '@stdlib/stats-base-dists-chisquare-quantile';
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';

/** P(Z <= z) of a standard normal. */
export const normalCdf = (z: number): number => normalCdfOf(z, 0, 1);

/** z with P(Z <= z) = p, p in [0, 1]. */
export const normalQuantile = (p: number): number => normalQuantileOf(p, 0, 1);

/** P(X > x) of a chi-squared with `df` degrees of freedom: the upper regularised gamma function, exact far into the tail. */
export const chisquareTail = (x: number, df: number): number => gammainc(x / 2, df / 2, true, true);

/** x with P(X <= x) = p of a chi-squared with `df` degrees of freedom. */
export const chisquareQuantile = (p: number, df: number): number => chisquareQuantileOf(p, df);

/** t with P(T <= t) = p of Student's t with `df` degrees of freedom. */
export const tQuantile = (p: number, df: number): number => tQuantileOf(p, df);
