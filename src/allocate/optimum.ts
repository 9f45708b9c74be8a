/**
 * The optima that everything else is a question about, for any law whose loss falls in N and in D.
 *
 *     leastCostAtLoss    minimise cost(N, D)   subject to  loss(N, D) = loss
 *     leastLossAtProduct minimise loss(N, D)   subject to  N D = product
 *
 * The Chinchilla law with a cost proportional to N (D + shift) has closed forms, or nearly (frontier.ts). Otherwise one search over ln N:
 * each N has one D on the line, so nothing is left but one variable.
 */

import { ScalingLawsError } from '../errors.ts';
import { constrainedMinimum } from '../numeric/constrained-minimum.ts';
import { bracketedRoot } from '../numeric/root.ts';
import type { Surface } from '../predict/surface.ts';
import { balanced, cheapestAtLoss, frontierExponents, optimumAtProduct, type Size } from './frontier.ts';

/** Where sizes are looked for, in ln N: one parameter to 1e16. */
export const SIZES: { readonly low: number; readonly high: number } = Object.freeze({ low: 0, high: Math.log(1e16) });

/** What a model costs, in any one unit. */
export interface CostModel {
  /** Cost of N parameters trained on D tokens and then served. */
  readonly at: (N: number, D: number) => number;
  /** If cost is proportional to N (D + shift): that shift, tokens. Then there is a closed form. */
  readonly shift?: number | undefined;
}

/** Training alone: cost is N D. */
export const TRAINING_ALONE: CostModel = Object.freeze({ at: (N: number, D: number) => N * D, shift: 0 });

/** Half a step of a central difference in ln N or ln D. */
const STEP = 1e-4;
/** Half the width, in ln C, over which the local exponents of a frontier are taken. */
const EXPONENT_WIDTH = 0.05;
/** Sizes and tokens are looked for up to here. */
const MOST_BALANCED = 1e20;

/**
 * `surface`, if both N and D pay.
 *
 * @throws {ScalingLawsError} `E_NO_OPTIMUM` otherwise: a term of the law is 0 or flat, or it reads only one of N and D, or their product.
 */
export function withOptimum(surface: Surface): Surface {
  if (surface.chinchilla) balanced(surface.chinchilla);
  if (surface.readsBoth) return surface;
  throw new ScalingLawsError('E_NO_OPTIMUM', `law must read N and D for an optimum, got ${surface.law}`, {
    law: surface.law,
  });
}

/**
 * Cheapest model of loss `loss`.
 *
 * @throws {ScalingLawsError} `E_LOSS_UNREACHABLE`; `E_NO_OPTIMUM` if ever larger, or ever smaller, models are cheaper.
 */
export function leastCostAtLoss(surface: Surface, loss: number, cost: CostModel): Size {
  if (surface.chinchilla && cost.shift !== undefined) return cheapestAtLoss(surface.chinchilla, loss, cost.shift);
  checkReachable(surface, loss);
  const found = constrainedMinimum({
    ...SIZES,
    value: (x) => Math.log(cost.at(Math.exp(x), surface.tokensFor(Math.exp(x), loss))),
    margins: [],
  });
  if (!found) throw unreachable(surface, loss);
  if (found.atEnd) throw noOptimum(surface);
  const N = Math.exp(found.x);
  return { N, D: surface.tokensFor(N, loss) };
}

/** Model of least loss at `product` = N D (training FLOPs over 6). @throws {ScalingLawsError} `E_NO_OPTIMUM`. */
export function leastLossAtProduct(surface: Surface, product: number): Size {
  if (surface.chinchilla) return optimumAtProduct(surface.chinchilla, product);
  const [low, high] = [Math.log(product) - SIZES.high, Math.min(SIZES.high, Math.log(product))];
  const found = constrainedMinimum({
    low: Math.max(low, 0),
    high,
    value: (x) => Math.log(surface.loss(Math.exp(x), product / Math.exp(x))),
    margins: [],
  });
  if (!found || found.atEnd) throw noOptimum(surface);
  const N = Math.exp(found.x);
  return { N, D: product / N };
}

/** Tokens at which N parameters are the compute-optimal size. @throws {ScalingLawsError} `E_NO_OPTIMUM`. */
export function tokensOfSize(surface: Surface, N: number): number {
  return balancePoint(surface, (x) => imbalance(surface, Math.log(N), x));
}

/** Parameters for which D are the compute-optimal tokens. @throws {ScalingLawsError} `E_NO_OPTIMUM`. */
export function sizeOfTokens(surface: Surface, D: number): number {
  return balancePoint(surface, (x) => -imbalance(surface, x, Math.log(D)));
}

/** How much more a step in ln N lowers the loss than one in ln D: 0 on the frontier. */
function imbalance(surface: Surface, x: number, y: number): number {
  const loss = (u: number, v: number): number => surface.loss(Math.exp(u), Math.exp(v));
  return loss(x - STEP, y) - loss(x + STEP, y) - (loss(x, y - STEP) - loss(x, y + STEP));
}

function balancePoint(surface: Surface, f: (x: number) => number): number {
  // Beyond some size differences drown in rounding: the bracket opens from the middle outwards.
  const middle = Math.log(MOST_BALANCED) / 2;
  for (const share of [0.1, 0.25, 0.5, 0.75, 0.9, 1]) {
    const width = share * middle;
    const [low, high] = [middle - width, middle + width];
    if (f(low) < 0 && f(high) > 0) return Math.exp(bracketedRoot(f, low, high));
  }
  throw noOptimum(surface);
}

/** Exponents of the frontier at `product`: N* grows as C^a, D* as C^b. Constant under the Chinchilla law, local elsewhere. */
export function exponentsAt(surface: Surface, product: number): { readonly a: number; readonly b: number } {
  if (surface.chinchilla) return frontierExponents(surface.chinchilla);
  const [below, above] = [-EXPONENT_WIDTH, EXPONENT_WIDTH].map(
    (width) => leastLossAtProduct(surface, product * Math.exp(width)).N,
  );
  const a = Math.log(above! / below!) / (2 * EXPONENT_WIDTH);
  return { a, b: 1 - a };
}

/** Refuses a loss that no model reaches. */
export function checkReachable(surface: Surface, loss: number): void {
  if (!(loss > surface.lossOfSize(Math.exp(SIZES.high)))) throw unreachable(surface, loss);
}

function unreachable(surface: Surface, loss: number): ScalingLawsError {
  const floor = surface.lossOfSize(Math.exp(SIZES.high));
  return new ScalingLawsError('E_LOSS_UNREACHABLE', `loss must be above ${floor}, got ${loss}`, { loss, floor });
}

function noOptimum({ law }: Surface): ScalingLawsError {
  return new ScalingLawsError(
    'E_NO_OPTIMUM',
    `law must have an optimum between 1 and 1e16 parameters, got none (${law})`,
    {
      law,
    },
  );
}
