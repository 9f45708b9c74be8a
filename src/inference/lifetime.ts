/**
 * What a model costs over its life in FLOPs: trained once, then served.
 *
 *     training 6 N D,   inference 2 N Dinf
 *
 * Sardana et al. 2024, arXiv:2401.00448, equation 2.
 */

import { notNegative, positive, recordOf } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';

/** FLOPs of a model's life. */
export interface LifetimeFlops {
  /** 6 N D. */
  readonly trainingFlops: number;
  /** 2 N Dinf. */
  readonly inferenceFlops: number;
  /** Their sum. */
  readonly totalFlops: number;
}

/**
 * FLOPs of N parameters trained on D tokens that process Dinf tokens at inference.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`.
 * @example
 * lifetimeFlops({ N: 70e9, D: 1.4e12 }, 2e12).totalFlops // => 8.68e23
 */
export function lifetimeFlops(size: { readonly N: number; readonly D: number }, Dinf: number): LifetimeFlops {
  const { N, D } = recordOf('size', size);
  positive('N', 'parameters', N);
  positive('D', 'tokens', D);
  notNegative('Dinf', 'tokens', Dinf);
  const trainingFlops = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
  const inferenceFlops = DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN * N * Dinf;
  return { trainingFlops, inferenceFlops, totalFlops: trainingFlops + inferenceFlops };
}
