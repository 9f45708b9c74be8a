/**
 * The inference-aware optimum in dollars: serving hardware is rented at its own price and runs at its own utilisation.
 *
 *     minimise 6 N D C_tr / U_tr + 2 N C_i (T_in / U_in + T_out / U_out)   subject to  L(N, D) = loss
 *
 * The same problem as in FLOPs, with served tokens weighed by what they cost. Sardana et al. 2024, arXiv:2401.00448, section 3.
 */

import { positive } from '../arguments.ts';
import { deepFreeze } from '../freeze.ts';
import { costAt, type LifetimeCost, type Serving, unitCosts } from '../inference/dollars.ts';
import { type LifetimeFlops, lifetimeFlops } from '../inference/lifetime.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type Given, surfaceOf } from '../predict/surface.ts';
import type { Size } from './frontier.ts';
import { leastCostAtLoss, TRAINING_ALONE, withOptimum } from './optimum.ts';

/** A loss to reach, and how the model will be trained and served. */
export interface CostTarget extends Serving {
  /** Nats per token, above the law's E. */
  readonly loss: number;
}

/** The model of least dollars over its life, beside the Chinchilla-style model of the same loss. */
export interface CostOptimum extends Size, LifetimeFlops, Extrapolation {
  /** Nats per token, as asked. */
  readonly loss: number;
  /** D / N. */
  readonly tokensPerParam: number;
  /** Dollars. */
  readonly cost: LifetimeCost;
  /** What compute-optimal training alone would choose for this loss. */
  readonly chinchilla: Size & LifetimeFlops & { readonly cost: LifetimeCost };
  /** Optimum over Chinchilla-style model. */
  readonly ratios: { readonly N: number; readonly D: number; readonly totalFlops: number; readonly cost: number };
}

/**
 * Model size and training tokens that reach a target loss for the fewest dollars over the model's whole life.
 *
 * @param law - Fitted or published law; its loss must fall in N and in D.
 * @param target - Loss in nats per token; GPU, number format, $ per GPU-hour and utilisation for training and for serving; requests, and
 *   tokens read and written in each. Prices given here are honoured (the published script ignored them).
 * @param given - What the law reads beside N, D and C, e.g. `{ U: 25e9 }`.
 * @returns `N`, `D`, dollars split into training, prefill and decode, FLOPs, the Chinchilla-style model of the same loss, ratios.
 * @throws {ScalingLawsError} `E_LOSS_UNREACHABLE` if `loss <= E`; `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`, `E_NO_OPTIMUM`.
 * @example
 * costOptimal(publishedLaws.sardana2024, {
 *   loss: 1.947, requests: 1e10, inputTokens: 1000, outputTokens: 250,
 *   training: { gpu: 'A100-80', pricePerHour: 1.4 },
 *   inference: { gpu: 'A100-40', dtype: 'int8', pricePerHour: 0.6, prefillMfu: 0.4, decodeMfu: 0.2 },
 * }).N // => 2.053e10
 * @see Sardana et al. (2024), arXiv:2401.00448, eq. 6.
 */
export function costOptimal(law: FittedLaw<string>, target: CostTarget, given: Given = {}): CostOptimum {
  const surface = withOptimum(surfaceOf(law, given));
  const unit = unitCosts('target', target);
  const loss = positive('loss', 'nats per token', target.loss);
  // What is served weighs like this many training tokens.
  const shift = (unit.perPrefill + unit.perDecode) / unit.perTrainingToken;
  const best = leastCostAtLoss(surface, loss, { at: (N, D) => N * (D + shift), shift });
  const plain = leastCostAtLoss(surface, loss, TRAINING_ALONE);
  const [flops, plainFlops] = [lifetimeFlops(best, unit.Dinf), lifetimeFlops(plain, unit.Dinf)];
  const [cost, plainCost] = [costAt(best, unit), costAt(plain, unit)];
  return deepFreeze({
    ...best,
    loss,
    tokensPerParam: best.D / best.N,
    ...flops,
    cost,
    chinchilla: { ...plain, ...plainFlops, cost: plainCost },
    ratios: {
      N: best.N / plain.N,
      D: best.D / plain.D,
      totalFlops: flops.totalFlops / plainFlops.totalFlops,
      cost: cost.total / plainCost.total,
    },
    ...extrapolationAt(law.fittedRange, { ...best, C: flops.trainingFlops }),
  });
}
