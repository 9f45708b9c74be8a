/** Which coefficients of a fit go together: their correlations over its replicates, or from its covariance. */

import { sampleCorrelation } from 'simple-statistics';
import { lawOf } from '../laws/fitted-law.ts';
import { type Replicated, uncertaintyOf } from './intervals.ts';

/** Two coefficients, by name: `ln A` where the solver moves the logarithm. */
export interface Correlation {
  readonly pair: readonly [string, string];
  readonly r: number;
}

/** The correlation of each pair of coefficients that move; none where it is not known how far to trust the fit. */
export function correlationsOf(fit: Replicated): readonly Correlation[] {
  const known = uncertaintyOf(fit);
  if (!known) return [];
  const { solver } = lawOf(fit);
  const sets = known.kind === 'bootstrap' ? known.draws : known.points;
  const columns = Object.entries<readonly number[]>(sets).flatMap(([name, values]) => {
    if (values.every((value) => value === values[0])) return [];
    const isLog = solver[name]!.scale === 'log';
    const scaled = isLog ? values.map(Math.log) : values;
    // Points of a covariance come in pairs; half of their difference is a step along one axis.
    const column = known.kind === 'bootstrap' ? scaled : steps(scaled);
    return [{ name: isLog ? `ln ${name}` : name, column }];
  });
  const correlation = known.kind === 'bootstrap' ? sampleCorrelation : cosine;
  return columns.flatMap(({ name, column }, j) =>
    columns.slice(0, j).map(
      (one): Correlation => ({
        pair: [one.name, name],
        r: correlation([...one.column], [...column]),
      }),
    ),
  );
}

const steps = (points: readonly number[]): number[] =>
  Array.from({ length: points.length / 2 }, (_, k) => (points[2 * k]! - points[2 * k + 1]!) / 2);

/** Of steps along independent axes: what they have in common, over their lengths. */
const cosine = (one: readonly number[], two: readonly number[]): number =>
  one.reduce((sum, x, k) => sum + x * two[k]!, 0) / (Math.hypot(...one) * Math.hypot(...two));
