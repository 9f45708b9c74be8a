/**
 * How well the ratios of tokens to parameters in a design are spread, before anything is trained. On one ray D = k N the columns of A
 * and B in the law's derivative are nearly parallel, and no number of runs on that ray tells the two apart.
 *
 *     V_K = (1/K) sum_j k_j^(-2 beta) - ((1/K) sum_j k_j^(-beta))^2
 *
 * The variance of k^(-beta) over the K ratios: 0 for one ratio. What counts is the distance between the ratios, not their number.
 * Kricheli et al. 2026, "Tokens-per-Parameter Coverage Is Critical for Robust LLM Scaling Law Extrapolation", arXiv:2605.08541.
 */

import { check } from '../schema/check.ts';
import { list, positive, ratio } from '../schema/fields.ts';

const rays = list(positive('tokens per parameter'), { least: 1 });
const exponent = ratio();

/**
 * V_K of a design.
 *
 * @param ratios - Tokens per parameter of each ray, > 0.
 * @param beta - Exponent of the data term, > 0.
 * @returns The variance, >= 0; 0 where all rays are one.
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 * @example
 * designSpread([5, 100], 0.28) // => 0.0327
 * @see Kricheli et al. (2026), arXiv:2605.08541.
 */
export function designSpread(ratios: readonly number[], beta: number): number {
  const terms = check(rays, ratios, 'ratios').map((ratio) => ratio ** -check(exponent, beta, 'beta'));
  const mean = terms.reduce((sum, term) => sum + term, 0) / terms.length;
  return terms.reduce((sum, term) => sum + (term - mean) ** 2, 0) / terms.length;
}
