/**
 * How large a model, on how many tokens, for the least loss that training compute can buy.
 *
 *     minimise L(N, D)  subject to  6 N D = C        N* = G (C/6)^a,   D* = (C/6)^b / G
 *     G = (alpha A / (beta B))^(1 / (alpha + beta)),  a = beta / (alpha + beta),  b = alpha / (alpha + beta)
 *
 * Hoffmann et al. 2022, arXiv:2203.15556, equation 4; the inverse and target-loss forms follow from it.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { refusal } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import type { Surface, Variables } from '../predict/surface.ts';
import { check } from '../schema/check.ts';
import { positive } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { type AnswerIntervals, answerIntervals } from '../uncertainty/answer-intervals.ts';
import type { IntervalOptions, Replicated } from '../uncertainty/intervals.ts';
import { exponentsAt, sizeOfTokens, tokensOfSize } from './balance.ts';
import type { Size } from './frontier.ts';
import { chinchillaStyle, freeProblem, optimum, surfaceWithOptimum } from './optimum.ts';

/** What is given of a compute-optimal model. */
export const computeTarget = object('target', {
  C: optional(positive('FLOPs', { help: 'Training compute, 6 N D.', flag: 'flops' })),
  N: optional(positive('parameters', { help: 'Model size.', flag: 'N' })),
  D: optional(positive('tokens', { help: 'Training tokens.', flag: 'D' })),
  loss: optional(positive('nats per token', { help: 'Loss to reach.', flag: 'target-loss', placeholder: 'loss' })),
});

const NAMES = ['C', 'N', 'D', 'loss'] as const;

/** What is given: exactly one of training FLOPs, parameters, training tokens, loss in nats per token. */
export type ComputeTarget = Given<typeof computeTarget>;

/** A model on the compute-optimal frontier. */
export interface ComputeOptimum extends Size, Extrapolation {
  /** Nats per token. */
  readonly loss: number;
  /** D / N. */
  readonly tokensPerParam: number;
  /** 6 N D. */
  readonly trainingFlops: number;
  /** N* grows as C^a, D* as C^b; of a law other than Chinchilla's, near this optimum. */
  readonly exponents: { readonly a: number; readonly b: number };
  /** Absent where it is not known how far to trust the law. */
  readonly intervals?: AnswerIntervals<'N' | 'D' | 'loss'>;
}

/**
 * Compute-optimal model for a budget, a size, a number of tokens or a loss.
 *
 * @param law - Fitted or published law whose loss falls in N and in D.
 * @param target - One of `C` (training FLOPs), `N` (parameters), `D` (tokens), `loss` (nats per token, above E).
 * @param given - What the law reads beside N, D and C, e.g. `{ U: 25e9 }`.
 * @param options - Coverage and method of intervals, which there are where `law` is a fit or a bootstrap.
 * @returns `N`, `D`, `loss`, `tokensPerParam`, `trainingFlops`, the frontier's exponents, and whether it lies outside the runs.
 * @throws {ScalingLawsError} `E_ARGUMENT` unless exactly one target is given, positive and finite; `E_OPTION`; `E_LOSS_UNREACHABLE` if
 *   `loss <= E`; `E_NO_OPTIMUM` if a term of the law is 0 or flat, or it does not read both N and D.
 * @throws {ScalingLawsError} `E_LAW_VARIABLE` if the law reads what is not given.
 * @example
 * computeOptimal(publishedLaws.hoffmann2022, { C: 1e24 }).N // => 4.13e10
 * @see Hoffmann et al. (2022), arXiv:2203.15556, eq. 4.
 */
export function computeOptimal(
  law: Replicated,
  target: ComputeTarget,
  given: Variables = {},
  options: IntervalOptions = {},
): ComputeOptimum {
  const surface = surfaceWithOptimum(law, given);
  const checked = check(computeTarget, target);
  const asked = NAMES.filter((name) => checked[name] !== undefined);
  if (asked.length !== 1) throw refusal('target', 'be one of C, N, D and loss', asked.join(' and ') || 'none');
  const { N, D, loss } = modelFor(surface, checked);
  const intervals = answerIntervals(law, (one) => modelFor(surfaceWithOptimum(one, given), checked), options);
  const C = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
  return deepFreeze({
    N,
    D,
    loss,
    tokensPerParam: D / N,
    trainingFlops: C,
    exponents: exponentsAt(surface, N * D),
    ...extrapolationAt(law.fittedRange, { N, D, C }),
    ...(intervals && { intervals }),
  });
}

function modelFor(surface: Surface, { C, N, D, loss }: ComputeTarget): Size & { readonly loss: number } {
  if (loss !== undefined) return { ...chinchillaStyle(surface, loss), loss };
  if (C !== undefined)
    return optimum(freeProblem(surface, { kind: 'training-budget', budget: C / DEFAULT_FLOPS_PER_PARAM_TOKEN }));
  const size = N === undefined ? { N: sizeOfTokens(surface, D!), D: D! } : { N, D: tokensOfSize(surface, N) };
  return { ...size, loss: surface.loss(size.N, size.D) };
}
