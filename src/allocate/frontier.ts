/**
 * The two curves that every allocation under the Chinchilla law walks on.
 *
 * On the line of equal loss, N is what the loss leaves to the model term. Where cost is proportional to N (D + shift), with `shift`
 * tokens that cost like training tokens but do not train (served ones), the cheapest point of the line obeys
 *
 *     alpha A / N^alpha = beta B / D^beta x (1 + shift / D)
 *
 * With shift = 0 this is Hoffmann et al. 2022, equation 4; with shift = Dinf / 3 it is Sardana et al. 2024, equation 3.
 */

import { ScalingLawsError } from '../errors.ts';
import type { ChinchillaCoefficient } from '../laws/chinchilla.ts';
import type { Coefficients } from '../laws/law.ts';

/** Newton's method doubles the digits at each step; a step below this share of ln D is rounding. */
const MOST_STEPS = 60;
const ROUNDING = 4 * Number.EPSILON;

/** A model: parameters and training tokens. */
export interface Size {
  /** Parameters. */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
}

/** Coefficients of a law under which both N and D pay. */
export type Balanced = Coefficients<ChinchillaCoefficient>;

/**
 * `coefficients`, if loss falls in N and in D.
 *
 * @throws {ScalingLawsError} `E_NO_OPTIMUM` if a term of the law is 0 or flat: then one of N and D is worth nothing.
 */
export function balanced(coefficients: Balanced): Balanced {
  for (const name of ['A', 'B', 'alpha', 'beta'] as const) {
    if (coefficients[name] > 0) continue;
    const got = coefficients[name];
    const breach = { where: 'law', argument: name, rule: 'be above 0 for an optimum', got };
    throw new ScalingLawsError('E_NO_OPTIMUM', breach, { coefficient: name, value: got });
  }
  return coefficients;
}

/** ln G, where N* = G (C/6)^a and D* = (C/6)^b / G: G = (alpha A / (beta B))^(1 / (alpha + beta)). */
function logG({ A, B, alpha, beta }: Balanced): number {
  return (Math.log(alpha) + Math.log(A) - Math.log(beta) - Math.log(B)) / (alpha + beta);
}

/** Exponents of the frontier: N* grows as C^a, D* as C^b; a + b = 1. */
export function frontierExponents({ alpha, beta }: Balanced): { readonly a: number; readonly b: number } {
  return { a: beta / (alpha + beta), b: alpha / (alpha + beta) };
}

/** Model of least loss at `product` = N D (training FLOPs over 6). */
export function optimumAtProduct(law: Balanced, product: number): Size {
  const { a, b } = frontierExponents(law);
  const G = logG(law);
  return { N: Math.exp(G + a * Math.log(product)), D: Math.exp(b * Math.log(product) - G) };
}

/** N D at which `N` is the compute-optimal size. */
export function productOfSize(law: Balanced, N: number): number {
  return Math.exp((Math.log(N) - logG(law)) / frontierExponents(law).a);
}

/** N D at which `D` is the compute-optimal number of tokens: (D G)^(1/b). The published code loses the bracket. */
export function productOfTokens(law: Balanced, D: number): number {
  return Math.exp((Math.log(D) + logG(law)) / frontierExponents(law).b);
}

/**
 * Cheapest model of loss `loss` where cost is proportional to N (D + shift).
 *
 * The condition above, put into the line of equal loss, leaves one equation in x = ln D whose left side falls and is convex, so it has
 * exactly one root, and Newton's method from the left climbs to it without ever passing it. Both asymptotes of the left side, for shift = 0
 * and for shift / D without end, lie below it: the further right of their roots is where to begin.
 *
 * @param shift - Tokens, >= 0.
 * @throws {ScalingLawsError} `E_LOSS_UNREACHABLE` if `loss <= E`, or so close to it that no double can hold N or D.
 */
export function cheapestAtLoss(law: Balanced, loss: number, shift: number): Size {
  const { E, A, B, alpha, beta } = law;
  if (!(loss > E)) throw unreachable(`be above E = ${E}`, String(loss), law, loss);
  const logRest = Math.log(loss - E);
  const ratio = beta / alpha;
  const surplus = Math.log(B) - logRest;
  let x = (surplus + Math.log1p(ratio)) / beta;
  if (shift > 0) x = Math.max(x, (surplus + Math.log(ratio * shift)) / (beta + 1));
  for (let i = 0; shift > 0 && i < MOST_STEPS; i++) {
    // ln of [B / D^beta x (1 + ratio (1 + shift / D))] - ln (loss - E), and its slope.
    const served = ratio * shift * Math.exp(-x);
    const excess = surplus - beta * x + Math.log1p(ratio + served);
    const step = excess / (beta + served / (1 + ratio + served));
    x += step;
    if (step <= ROUNDING * Math.abs(x)) break;
  }
  // A / N^alpha = (B / D^beta) ratio (1 + shift / D): no difference of nearly equal numbers.
  const logTerm = Math.log(B) - beta * x + Math.log(ratio) + Math.log1p(shift * Math.exp(-x));
  const size = { N: Math.exp((Math.log(A) - logTerm) / alpha), D: Math.exp(x) };
  if (size.N > 0 && size.N * size.D < Number.POSITIVE_INFINITY) return size;
  throw unreachable('be reachable with finite N and D', `${loss} where E = ${E}`, law, loss);
}

const unreachable = (rule: string, got: string, { E }: Balanced, loss: number): ScalingLawsError =>
  new ScalingLawsError('E_LOSS_UNREACHABLE', { argument: 'loss', rule, got }, { loss, E });
