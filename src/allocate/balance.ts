/** The compute-optimal frontier of any law, walked along: the D that goes with an N, the N that goes with a D, and its exponents. */

import { bracketedRoot } from '../numeric/root.ts';
import type { Surface } from '../predict/surface.ts';
import { frontierExponents, productOfSize, productOfTokens } from './frontier.ts';
import { freeProblem, noOptimum, optimum } from './optimum.ts';

/** Half a step of a central difference in ln N or ln D. */
const STEP = 1e-4;
/** Half the width, in ln C, over which the local exponents of a frontier are taken. */
const EXPONENT_WIDTH = 0.05;
/** Sizes and tokens are looked for up to here. */
const MOST_BALANCED = 1e20;

/** Tokens at which N parameters are the compute-optimal size. @throws {ScalingLawsError} `E_NO_OPTIMUM`. */
export function tokensOfSize(surface: Surface, N: number): number {
  if (surface.chinchilla) return productOfSize(surface.chinchilla, N) / N;
  return balancePoint(surface, (x) => imbalance(surface, Math.log(N), x));
}

/** Parameters for which D are the compute-optimal tokens. @throws {ScalingLawsError} `E_NO_OPTIMUM`. */
export function sizeOfTokens(surface: Surface, D: number): number {
  if (surface.chinchilla) return productOfTokens(surface.chinchilla, D) / D;
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
  const [below, above] = [-EXPONENT_WIDTH, EXPONENT_WIDTH].map((width) => {
    const budget = product * Math.exp(width);
    return optimum(freeProblem(surface, { kind: 'training-budget', budget })).N;
  });
  const a = Math.log(above! / below!) / (2 * EXPONENT_WIDTH);
  return { a, b: 1 - a };
}
