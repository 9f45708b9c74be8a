/**
 * How large a model, on how many tokens, when it will be served: a smaller one, trained longer.
 *
 *     minimise 6 N D + 2 N Dinf   over N, D > 0   subject to  L(N, D) = loss
 *
 * Sardana et al. 2024, arXiv:2401.00448, equation 3. Under the Chinchilla law the root of one convex function of ln D (frontier.ts), which is
 * unique; under others a search over ln N (optimum.ts).
 */

import { notNegative, onlyKnown, positive } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN, DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { deepFreeze } from '../freeze.ts';
import { type LifetimeFlops, lifetimeFlops } from '../inference/lifetime.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type Given, surfaceOf } from '../predict/surface.ts';
import type { Size } from './frontier.ts';
import { leastCostAtLoss, TRAINING_ALONE, withOptimum } from './optimum.ts';

/** A loss to reach and a demand to serve. */
export interface InferenceTarget {
  /** Nats per token, above the law's E. */
  readonly loss: number;
  /** Tokens processed at inference over the model's life, input and output, >= 0. */
  readonly Dinf: number;
}

/** The model of least FLOPs over its life, beside the Chinchilla-style model of the same loss. */
export interface InferenceOptimum extends Size, LifetimeFlops, Extrapolation {
  /** Nats per token, as asked. */
  readonly loss: number;
  /** D / N. */
  readonly tokensPerParam: number;
  /** What compute-optimal training alone would choose for this loss. */
  readonly chinchilla: Size & LifetimeFlops;
  /** Optimum over Chinchilla-style model. */
  readonly ratios: { readonly N: number; readonly D: number; readonly totalFlops: number };
}

/**
 * Model size and training tokens that reach a target loss for the fewest FLOPs over the model's whole life.
 *
 * @param law - Fitted or published law; its loss must fall in N and in D.
 * @param target.loss - Loss to reach, nats per token; must exceed E.
 * @param target.Dinf - Tokens processed at inference over the model's life, >= 0.
 * @param given - What the law reads beside N, D and C, e.g. `{ U: 25e9 }`.
 * @returns `N`, `D`, FLOPs split into training and inference, the Chinchilla-style model of the same loss, ratios between the two,
 *   and whether the optimum lies outside the runs behind the law. With `Dinf = 0` this equals {@link computeOptimal} at that loss.
 * @throws {ScalingLawsError} `E_LOSS_UNREACHABLE` if `loss <= E`; `E_ARGUMENT`, `E_OPTION`; `E_NO_OPTIMUM` if a term of the law is 0 or flat.
 * @throws {ScalingLawsError} `E_LAW_VARIABLE` if the law reads what is not given.
 * @example
 * inferenceOptimal(publishedLaws.sardana2024, { loss: 1.947, Dinf: 2e12 }).N // => 2.418e10
 * @see Sardana et al. (2024), arXiv:2401.00448, eq. 3.
 */
export function inferenceOptimal(law: FittedLaw<string>, target: InferenceTarget, given: Given = {}): InferenceOptimum {
  const surface = withOptimum(surfaceOf(law, given));
  onlyKnown('target', target, ['loss', 'Dinf']);
  const { loss, Dinf } = target;
  positive('loss', 'nats per token', loss);
  notNegative('Dinf', 'tokens', Dinf);
  // A served token costs 2N, a training token 6N: Dinf served tokens weigh like Dinf / 3 training tokens.
  const shift = (Dinf * DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN) / DEFAULT_FLOPS_PER_PARAM_TOKEN;
  const best = leastCostAtLoss(surface, loss, { at: (N, D) => N * (D + shift), shift });
  const plain = leastCostAtLoss(surface, loss, TRAINING_ALONE);
  const flops = lifetimeFlops(best, Dinf);
  const plainFlops = lifetimeFlops(plain, Dinf);
  return deepFreeze({
    ...best,
    loss,
    tokensPerParam: best.D / best.N,
    ...flops,
    chinchilla: { ...plain, ...plainFlops },
    ratios: { N: best.N / plain.N, D: best.D / plain.D, totalFlops: flops.totalFlops / plainFlops.totalFlops },
    ...extrapolationAt(law.fittedRange, { ...best, C: flops.trainingFlops }),
  });
}
