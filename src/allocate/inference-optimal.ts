/**
 * How large a model, on how many tokens, when it will be served: a smaller one, trained longer.
 *
 *     minimise 6 N D + 2 N Dinf   over N, D > 0   subject to  L(N, D) = loss
 *
 * Sardana et al. 2024, arXiv:2401.00448, equation 3. Under the Chinchilla law the root of one convex function of ln D (frontier.ts), which is
 * unique; under others a search over ln N (optimum.ts).
 */

import { deepFreeze } from '../freeze.ts';
import { flopsOf, type LifetimeFlops } from '../inference/lifetime.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import type { Surface, Variables } from '../predict/surface.ts';
import { check } from '../schema/check.ts';
import { notNegative, positive } from '../schema/fields.ts';
import { type Given, object } from '../schema/objects.ts';
import { type AnswerIntervals, answerIntervals } from '../uncertainty/answer-intervals.ts';
import type { IntervalOptions, Replicated } from '../uncertainty/intervals.ts';
import { flopsLedger, shiftOf } from './cost.ts';
import type { Size } from './frontier.ts';
import { chinchillaStyle, freeProblem, optimum, surfaceWithOptimum } from './optimum.ts';

/** A loss to reach and a demand to serve. */
export const inferenceTarget = object('target', {
  loss: positive('nats per token', { help: 'Loss to reach.', flag: 'target-loss', placeholder: 'loss' }),
  // Dinf is the symbol of the papers; elsewhere this is demand.tokens.
  Dinf: notNegative('tokens', { help: 'Tokens processed over the life, read and written.', flag: 'inference-tokens' }),
});

/** A loss to reach and a demand to serve. */
export type InferenceTarget = Given<typeof inferenceTarget>;

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
  /** Absent where it is not known how far to trust the law. */
  readonly intervals?: AnswerIntervals<'N' | 'D' | 'totalFlops'>;
}

/**
 * Model size and training tokens that reach a target loss for the fewest FLOPs over the model's whole life.
 *
 * @param law - Fitted or published law; its loss must fall in N and in D.
 * @param target.loss - Loss to reach, nats per token; must exceed E.
 * @param target.Dinf - Tokens processed at inference over the model's life, >= 0.
 * @param given - What the law reads beside N, D and C, e.g. `{ U: 25e9 }`.
 * @param options - Coverage and method of intervals, which there are where `law` is a fit or a bootstrap.
 * @returns `N`, `D`, FLOPs split into training and inference, the Chinchilla-style model of the same loss, ratios between the two,
 *   and whether the optimum lies outside the runs behind the law. With `Dinf = 0` this equals {@link computeOptimal} at that loss.
 * @throws {ScalingLawsError} `E_LOSS_UNREACHABLE` if `loss <= E`; `E_ARGUMENT`, `E_OPTION`; `E_NO_OPTIMUM` if a term of the law is 0 or flat.
 * @throws {ScalingLawsError} `E_LAW_VARIABLE` if the law reads what is not given.
 * @example
 * inferenceOptimal(publishedLaws.sardana2024, { loss: 1.947, Dinf: 2e12 }).N // => 2.418e10
 * @see Sardana et al. (2024), arXiv:2401.00448, eq. 3.
 */
export function inferenceOptimal(
  law: Replicated,
  target: InferenceTarget,
  given: Variables = {},
  options: IntervalOptions = {},
): InferenceOptimum {
  const surface = surfaceWithOptimum(law, given);
  const { loss, Dinf } = check(inferenceTarget, target);
  // A served token costs 2N, a training token 6N: Dinf served tokens weigh like Dinf / 3 training tokens.
  const paid = flopsLedger({ input: Dinf, output: 0 });
  const solved = (on: Surface): Size & LifetimeFlops => {
    const { N, D } = optimum(freeProblem(on, { kind: 'loss', loss }, { paid, shift: shiftOf(paid) }));
    return { N, D, ...flopsOf(N, D, Dinf) };
  };
  const best = solved(surface);
  const intervals = answerIntervals(
    law,
    (one) => {
      const { N, D, totalFlops } = solved(surfaceWithOptimum(one, given));
      return { N, D, totalFlops };
    },
    options,
  );
  const plain = chinchillaStyle(surface, loss);
  const plainFlops = flopsOf(plain.N, plain.D, Dinf);
  return deepFreeze({
    ...best,
    loss,
    tokensPerParam: best.D / best.N,
    chinchilla: { ...plain, ...plainFlops },
    ratios: {
      N: best.N / plain.N,
      D: best.D / plain.D,
      totalFlops: best.totalFlops / plainFlops.totalFlops,
    },
    ...extrapolationAt(law.fittedRange, { ...best, C: best.trainingFlops }),
    ...(intervals && { intervals }),
  });
}
