/**
 * Variance between runs and within runs of the errors of a fit, by moments.
 *
 *     error of row j of run i = b_i + w_ij,    var b = between^2,  var w = within^2
 *
 * Residuals are errors less what the coefficients took up, r = M e, M = 1 - Q Q', Q an orthonormal basis of the columns dr / dtheta. With Z
 * the indicators of runs and P the projection on their means,
 *
 *     E r' P r       = within^2 tr(P M)        + between^2 |P M Z|^2
 *     E r' (1 - P) r = within^2 tr((1 - P) M)  + between^2 |(1 - P) M Z|^2
 *
 * are two equations for two unknowns (Henderson 1953, method 1, for a fit in place of a mean). They take the residuals as the fit left them;
 * a likelihood would move the coefficients to those of another weighting, in which a law of the wrong shape along a run spoils the rest.
 */

import { fTail } from '../numeric/distributions.ts';
import { dot, orthonormal } from '../numeric/orthonormal.ts';

/** Standard deviations of the two parts of an error. */
export interface VarianceComponents {
  readonly between: number;
  readonly within: number;
  /** Chance of run means that lie so far apart if rows were independent (F test). */
  readonly pValue: number;
}

/**
 * @param errors - Residuals, one a row.
 * @param columns - dr / dtheta, column by column; those that repeat others do no harm.
 * @param units - Rows of each run; every row in one of them.
 * @returns Undefined where no degree of freedom is left. Where only one of the two sums has any, all variance is within.
 */
export function varianceComponents(
  errors: Float64Array,
  columns: readonly Float64Array[],
  units: readonly (readonly number[])[],
): VarianceComponents | undefined {
  const basis = orthonormal(columns);
  const rows = errors.length;
  const squares = dot(errors, errors);
  if (rows <= basis.length) return undefined;
  const alone = { between: 0, within: Math.sqrt(squares / (rows - basis.length)), pValue: 1 };
  if (units.length === rows) return alone;

  const sums = (column: Float64Array): number[] => units.map((unit) => unit.reduce((sum, i) => sum + column[i]!, 0));
  const sizes = units.map((unit) => unit.length);
  const ofBasis = basis.map(sums);
  const between = sums(errors).reduce((total, sum, i) => total + sum ** 2 / sizes[i]!, 0);
  const overRuns = (term: (i: number) => number): number => sizes.reduce((total, _, i) => total + term(i), 0);
  const pairs = basis.flatMap((_, k) => basis.map((_, l): [number, number] => [k, l]));
  const product = (k: number, l: number, i: number): number => ofBasis[k]![i]! * ofBasis[l]![i]!;
  // |P Q|^2, |Q' Z|^2 and |P Q Q' Z|^2.
  const meansOfBasis = basis.reduce((total, _, k) => total + overRuns((i) => product(k, k, i) / sizes[i]!), 0);
  const sumsOfBasis = basis.reduce((total, _, k) => total + overRuns((i) => product(k, k, i)), 0);
  const both = pairs.reduce(
    (total, [k, l]) => total + overRuns((i) => product(k, l, i) / sizes[i]!) * overRuns((i) => product(k, l, i)),
    0,
  );
  const freeBetween = units.length - meansOfBasis;
  const freeWithin = rows - units.length - (basis.length - meansOfBasis);
  if (freeBetween < 0.5 || freeWithin < 0.5) return alone;
  const acrossBetween = rows - 2 * sumsOfBasis + both;
  const acrossWithin = rows - sumsOfBasis - acrossBetween;
  const within = squares - between;
  const determinant = freeWithin * acrossBetween - freeBetween * acrossWithin;
  const betweenVariance = (freeWithin * between - freeBetween * within) / determinant;
  if (!(betweenVariance > 0)) return alone;
  const withinVariance = Math.max((acrossBetween * within - acrossWithin * between) / determinant, 0);
  return {
    between: Math.sqrt(betweenVariance),
    within: Math.sqrt(withinVariance),
    pValue: fTail(between / freeBetween / (within / freeWithin), freeBetween, freeWithin),
  };
}
