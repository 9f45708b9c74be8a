/** Steps of random length along the valley of an objective, for the search to begin again from. */

import { symmetricEigen } from '../numeric/eigen.ts';
import type { Objective } from '../objective/objective.ts';

/** An axis of the valley is taken to be no flatter than this share of the steepest. */
const FLATTEST = 1e-12;
/** Longest typical step along one axis, in solver coordinates: logarithms, exponents, nats. */
const LONGEST_HOP = 3;

/**
 * A point some way off `from`: a normal deviate along each axis of the valley, of the size that changes predictions by about
 * `spread`, times a log-normal factor, so that both neighbours and far ends of the valley are visited.
 */
export function hop(objective: Objective, from: Float64Array, spread: number, normal: () => number): Float64Array {
  const { lower, upper, dimension } = objective.kernel;
  const { values, vectors } = symmetricEigen(objective.information(from), dimension);
  const largest = values[dimension - 1]!;
  const to = Float64Array.from(from);
  const radius = 2 * spread * Math.exp(normal());
  values.forEach((value, k) => {
    const length = radius / Math.sqrt(Math.max(value, FLATTEST * largest, Number.MIN_VALUE));
    const z = normal() * Math.min(length, LONGEST_HOP);
    for (let i = 0; i < dimension; i++) to[i] = to[i]! + z * vectors[k]![i]!;
  });
  return to.map((value, i) => Math.min(Math.max(value, lower[i]!), upper[i]!));
}
