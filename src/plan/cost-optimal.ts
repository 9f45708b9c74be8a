/**
 * The inference-aware optimum in dollars: serving hardware is rented at its own price and runs at its own utilisation.
 *
 *     minimise 6 N D C_tr / U_tr + 2 N C_i (T_in / U_in + T_out / U_out)   subject to  L(N, D) = loss
 *
 * The same problem as in FLOPs, with served tokens weighed by what they cost. Sardana et al. 2024, arXiv:2401.00448, section 3.
 */

import { type Cost, costOf } from '../allocate/cost.ts';
import type { Size } from '../allocate/frontier.ts';
import { chinchillaStyle } from '../allocate/optimum.ts';
import { deepFreeze } from '../freeze.ts';
import { demandField, workedOut } from '../inference/demand.ts';
import { flopsOf, type LifetimeFlops, sizeOf } from '../inference/lifetime.ts';
import { training } from '../inference/training-hardware.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import type { Variables } from '../predict/surface.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, object } from '../schema/objects.ts';
import { type AnswerIntervals, answerIntervals } from '../uncertainty/answer-intervals.ts';
import type { IntervalOptions, Replicated } from '../uncertainty/intervals.ts';
import { costsOf } from './costs.ts';
import { serving } from './problem.ts';
import { compile, solve, underLaw } from './solve.ts';

const life = { demand: demandField, training, serving };
const lifeOptions = object('life', life);
const costTarget = object('target', { loss: positive('nats per token', { flag: 'target-loss' }), ...life });

/** How a model is trained and served, and how much it is asked. */
export type Life = Given<typeof lifeOptions>;
/** A loss to reach, and how the model will be trained and served. */
export type CostTarget = Given<typeof costTarget>;

/** The model of least dollars over its life, beside the Chinchilla-style model of the same loss. */
export interface CostOptimum extends Size, LifetimeFlops, Extrapolation {
  /** Nats per token, as asked. */
  readonly loss: number;
  /** D / N. */
  readonly tokensPerParam: number;
  /** Dollars. */
  readonly cost: Cost;
  /** What compute-optimal training alone would choose for this loss. */
  readonly chinchilla: Size & LifetimeFlops & { readonly cost: Cost };
  /** Optimum over Chinchilla-style model. */
  readonly ratios: { readonly N: number; readonly D: number; readonly totalFlops: number; readonly cost: number };
  /** Absent where it is not known how far to trust the law. */
  readonly intervals?: AnswerIntervals<'N' | 'D' | 'cost'>;
}

/**
 * Model size and training tokens that reach a target loss for the fewest dollars over the model's whole life.
 *
 * @param law - Fitted or published law; its loss must fall in N and in D.
 * @param target - Loss in nats per token; demand; hardware for training and for serving, with $ per GPU-hour. Prices given here are honoured
 *   (the published script ignored them).
 * @param given - What the law reads beside N, D and C, e.g. `{ U: 25e9 }`.
 * @param options - Coverage and method of intervals, which there are where `law` is a fit or a bootstrap.
 * @returns `N`, `D`, dollars split into training, prefill and decode, FLOPs, the Chinchilla-style model of the same loss, ratios.
 * @throws {ScalingLawsError} `E_LOSS_UNREACHABLE` if `loss <= E`; `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`, `E_NO_OPTIMUM`.
 * @example
 * costOptimal(publishedLaws.sardana2024, {
 *   loss: 1.947,
 *   demand: { requests: 1e10, inputTokens: 1000, outputTokens: 250 },
 *   training: { gpu: 'A100-80', pricePerHour: 1.4 },
 *   serving: { gpu: 'A100-40', weights: 'int8', pricePerHour: 0.6, view: { kind: 'flops', prefillMfu: 0.4, decodeMfu: 0.2 } },
 * }).N // => 2.053e10
 * @see Sardana et al. (2024), arXiv:2401.00448, eq. 6.
 */
export function costOptimal(
  law: Replicated,
  target: CostTarget,
  given: Variables = {},
  options: IntervalOptions = {},
): CostOptimum {
  const { loss, ...lived } = check(costTarget, target);
  const compiled = compile({ law, given, goal: { kind: 'loss', loss }, pay: 'dollars', ...lived });
  const { surface, costs, demand } = compiled;
  const modelled = ({ N, D }: Size) => ({ N, D, ...flopsOf(N, D, demand.total), cost: costOf(costs.paid, N, D) });
  const best = modelled(solve(compiled));
  const plain = modelled(chinchillaStyle(surface, loss));
  const intervals = answerIntervals(
    law,
    (one) => {
      const { N, D, cost } = solve({ ...compiled, ...underLaw({ ...compiled.problem, law: one }) });
      return { N, D, cost };
    },
    options,
  );
  return deepFreeze({
    ...best,
    loss,
    tokensPerParam: best.D / best.N,
    chinchilla: plain,
    ratios: {
      N: best.N / plain.N,
      D: best.D / plain.D,
      totalFlops: best.totalFlops / plain.totalFlops,
      cost: best.cost.total / plain.cost.total,
    },
    ...extrapolationAt(law.fittedRange, { ...best, C: best.trainingFlops }),
    ...(intervals && { intervals }),
  });
}

/**
 * What a given model costs over its life in dollars.
 *
 * @param model - `N` parameters and `D` training tokens.
 * @param lived - Demand, and hardware for training and for serving, with $ per GPU-hour.
 * @returns Dollars for training, reading prompts and writing answers, and their sum.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`.
 * @example
 * lifetimeCost({ N: 30e9, D: 1.556e12 }, {
 *   demand: { requests: 1e9, inputTokens: 500, outputTokens: 100 },
 *   training: { gpu: 'H100' },
 *   serving: { gpu: 'A100-40', weights: 'int8', view: 'flops' },
 * }).total // => 6.378e5
 * @see Sardana et al. (2024), arXiv:2401.00448, eq. 5.
 */
export function lifetimeCost(model: Size, lived: Life): Cost {
  const { N, D } = sizeOf(model);
  const checked = check(lifeOptions, lived);
  return Object.freeze(
    costOf(costsOf({ pay: 'dollars', energy: { pue: 1 }, ...checked }, workedOut(checked.demand)).paid, N, D),
  );
}
