/**
 * How large a model, on how many tokens, for the least loss that training compute can buy.
 *
 *     minimise L(N, D)  subject to  6 N D = C        N* = G (C/6)^a,   D* = (C/6)^b / G
 *     G = (alpha A / (beta B))^(1 / (alpha + beta)),  a = beta / (alpha + beta),  b = alpha / (alpha + beta)
 *
 * Hoffmann et al. 2022, arXiv:2203.15556, equation 4; the inverse and target-loss forms follow from it.
 */

import { onlyKnown, positive } from '../arguments.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type Given, type Surface, surfaceOf } from '../predict/surface.ts';
import { productOfSize, productOfTokens, type Size } from './frontier.ts';
import {
  exponentsAt,
  leastCostAtLoss,
  leastLossAtProduct,
  sizeOfTokens,
  TRAINING_ALONE,
  tokensOfSize,
  withOptimum,
} from './optimum.ts';

/** What is given: exactly one of training FLOPs, parameters, training tokens, loss in nats per token. */
export type ComputeTarget =
  | { readonly C: number; readonly N?: never; readonly D?: never; readonly loss?: never }
  | { readonly N: number; readonly C?: never; readonly D?: never; readonly loss?: never }
  | { readonly D: number; readonly C?: never; readonly N?: never; readonly loss?: never }
  | { readonly loss: number; readonly C?: never; readonly N?: never; readonly D?: never };

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
}

/**
 * Compute-optimal model for a budget, a size, a number of tokens or a loss.
 *
 * @param law - Fitted or published law whose loss falls in N and in D.
 * @param target - One of `C` (training FLOPs), `N` (parameters), `D` (tokens), `loss` (nats per token, above E).
 * @param given - What the law reads beside N, D and C, e.g. `{ U: 25e9 }`.
 * @returns `N`, `D`, `loss`, `tokensPerParam`, `trainingFlops`, the frontier's exponents, and whether it lies outside the runs.
 * @throws {ScalingLawsError} `E_ARGUMENT` unless exactly one target is given, positive and finite; `E_OPTION`; `E_LOSS_UNREACHABLE` if
 *   `loss <= E`; `E_NO_OPTIMUM` if a term of the law is 0 or flat, or it does not read both N and D.
 * @throws {ScalingLawsError} `E_LAW_VARIABLE` if the law reads what is not given.
 * @example
 * computeOptimal(publishedLaws.hoffmann2022, { C: 1e24 }).N // => 4.13e10
 * @see Hoffmann et al. (2022), arXiv:2203.15556, eq. 4.
 */
export function computeOptimal(law: FittedLaw<string>, target: ComputeTarget, given: Given = {}): ComputeOptimum {
  const surface = withOptimum(surfaceOf(law, given));
  const { N, D } = optimumFor(surface, target);
  const C = DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D;
  return deepFreeze({
    N,
    D,
    loss: target.loss ?? surface.loss(N, D),
    tokensPerParam: D / N,
    trainingFlops: C,
    exponents: exponentsAt(surface, N * D),
    ...extrapolationAt(law.fittedRange, { N, D, C }),
  });
}

const UNITS = { C: 'FLOPs', N: 'parameters', D: 'tokens', loss: 'nats per token' } as const;

function optimumFor(surface: Surface, target: ComputeTarget): Size {
  onlyKnown('target', target, Object.keys(UNITS));
  const given = (Object.keys(UNITS) as (keyof typeof UNITS)[]).filter((name) => target[name] !== undefined);
  const [name] = given;
  if (name === undefined || given.length > 1) {
    throw new ScalingLawsError(
      'E_ARGUMENT',
      `target must be one of C, N, D and loss, got ${given.join(' and ') || 'none'}`,
      {
        given,
      },
    );
  }
  const value = positive(name, UNITS[name], target[name]!);
  const { chinchilla } = surface;
  switch (name) {
    case 'C':
      return leastLossAtProduct(surface, value / DEFAULT_FLOPS_PER_PARAM_TOKEN);
    case 'N':
      return { N: value, D: chinchilla ? productOfSize(chinchilla, value) / value : tokensOfSize(surface, value) };
    case 'D':
      return { N: chinchilla ? productOfTokens(chinchilla, value) / value : sizeOfTokens(surface, value), D: value };
    case 'loss':
      return leastCostAtLoss(surface, value, TRAINING_ALONE);
    default:
      return name satisfies never;
  }
}
