/**
 * What a model costs over its life in FLOPs: trained once, then served.
 *
 *     training 6 N D,   inference 2 N x tokens served
 *
 * Sardana et al. 2024, arXiv:2401.00448, equation 2.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, openObject } from '../schema/objects.ts';
import { type Demand, lifeDemand } from './demand.ts';

const size = openObject('size', { N: positive('parameters'), D: positive('tokens') });

/** A model: parameters and training tokens. */
export type Size = Given<typeof size>;

/** N and D of `model`, checked; what else is told of it is passed over. @throws {ScalingLawsError} */
export const sizeOf = (model: Size): Size => check(size, model);

/** FLOPs of a model's life. */
export interface LifetimeFlops {
  /** 6 N D. */
  readonly trainingFlops: number;
  /** 2 N for each token that is served. */
  readonly inferenceFlops: number;
  /** Their sum. */
  readonly totalFlops: number;
}

/**
 * FLOPs of N parameters trained on D tokens that are then served.
 *
 * @param model - `N` parameters, `D` training tokens.
 * @param demand - Tokens or requests over the life; the mean of a distribution counts.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`.
 * @example
 * lifetimeFlops({ N: 70e9, D: 1.4e12 }, { tokens: 2e12 }).totalFlops // => 8.68e23
 */
export function lifetimeFlops(model: Size, demand: Demand): LifetimeFlops {
  const { N, D } = sizeOf(model);
  return flopsOf(N, D, lifeDemand(demand).total);
}

/** {@link lifetimeFlops} of so many served tokens. Trusts its input. */
export function flopsOf(N: number, D: number, served: number): LifetimeFlops {
  const trainingFlops = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
  const inferenceFlops = DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * N * served;
  return { trainingFlops, inferenceFlops, totalFlops: trainingFlops + inferenceFlops };
}
