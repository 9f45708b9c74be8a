/**
 * The core of every allocation: the optimum under a goal and a cost, for any law whose loss falls in N and in D.
 *
 *     minimise cost(N, D)   subject to  loss(N, D) = loss      or      minimise loss(N, D)   subject to  cost <= budget
 *
 * For a loss, each N has one D on the line of equal loss, and what is least is the cost. For a budget, each N has the most tokens that the
 * budget (and the data, and the days) allow, and what is least is the loss. Either way one variable is left, ln N. The Chinchilla law with a
 * cost proportional to N (D + shift) has closed forms, or nearly (frontier.ts).
 */

import { ScalingLawsError } from '../errors.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { constrainedMinimum, type LineProblem } from '../numeric/constrained-minimum.ts';
import { type Surface, surfaceOf, type Variables } from '../predict/surface.ts';
import { type Paid, type Scale, TRAINING_ALONE, totalOf, UNSCALED } from './cost.ts';
import { balanced, cheapestAtLoss, optimumAtProduct, type Size } from './frontier.ts';
import { type Limit, marginOf } from './limit.ts';

/** Where sizes are looked for, in ln N: one parameter to 1e16. */
export const SIZES: { readonly low: number; readonly high: number } = Object.freeze({ low: 0, high: Math.log(1e16) });

/** A loss to reach for the least cost; or the least loss within a budget, of training alone or of the whole life. */
export type Aim =
  | { readonly kind: 'loss'; readonly loss: number }
  | { readonly kind: 'lifetime-budget' | 'training-budget'; readonly budget: number };

/** A question with one answer. */
export interface Problem {
  readonly surface: Surface;
  readonly goal: Aim;
  readonly costs: Paid;
  /** On what is paid. */
  readonly scale: Scale;
  readonly limits: readonly Limit[];
  /** Ascending sizes, if one of them must be taken. */
  readonly menu: readonly number[] | undefined;
}

/** An optimum, and what holds it. */
export interface Solution extends Size {
  /** Nats per token. */
  readonly loss: number;
  /** In what is paid, over the mean life. */
  readonly cost: number;
  /** Limits without which the optimum would be another. */
  readonly held: readonly Limit[];
  /** Nothing holds it but the end of what is searched: the best lies beyond. */
  readonly atEnd: boolean;
}

/** A limit on D is reached if D is this close to it, relatively. */
const REACHED = 1e-9;

/**
 * The loss of `law` over N and D, if both pay.
 *
 * @throws {ScalingLawsError} `E_NO_OPTIMUM` otherwise: a term of the law is 0 or flat, or it reads only one of N and D, or their product.
 */
export function surfaceWithOptimum(law: FittedLaw<string>, given?: Variables): Surface {
  const surface = surfaceOf(law, given);
  if (surface.chinchilla) balanced(surface.chinchilla);
  if (surface.readsBoth) return surface;
  const got = `${surface.law}, which reads ${surface.reads.join(', ')}`;
  const cure = 'the law does not tell how to divide compute between N and D';
  throw new ScalingLawsError(
    'E_NO_OPTIMUM',
    { argument: 'law', rule: 'read both N and D', got, cure },
    { law: surface.law },
  );
}

/** A problem without constraints. */
export function freeProblem(surface: Surface, goal: Aim, costs: Paid = TRAINING_ALONE): Problem {
  return { surface, goal, costs, scale: UNSCALED, limits: [], menu: undefined };
}

/** The optimum of `problem`. @throws {ScalingLawsError} `E_LOSS_UNREACHABLE`; `E_NO_OPTIMUM` if it lies beyond all sizes. */
export function optimum(problem: Problem): Solution {
  const found = search(problem);
  if (found && !found.atEnd) return found;
  throw noOptimum(problem.surface);
}

/** What compute-optimal training alone would choose for `loss`. @throws {ScalingLawsError} As {@link optimum}. */
export function chinchillaStyle(surface: Surface, loss: number): Size {
  const { N, D } = optimum(freeProblem(surface, { kind: 'loss', loss }));
  return { N, D };
}

/**
 * The optimum of `problem`, wherever it lies; undefined where nothing is within its budget, its limits and its menu.
 *
 * @throws {ScalingLawsError} `E_LOSS_UNREACHABLE`; `E_NO_OPTIMUM` if no model of any size reaches the loss, though it is above the floor.
 */
export function search(problem: Problem): Solution | undefined {
  const { surface, goal, costs, scale, limits, menu } = problem;
  const free = limits.length === 0 && menu === undefined;
  const cost = (N: number, D: number): number => totalOf(costs.paid, N, D, scale);
  const closed = free ? closedForm(problem) : undefined;
  if (closed) {
    const { N, D } = closed;
    const loss = goal.kind === 'loss' ? goal.loss : surface.loss(N, D);
    return { N, D, loss, cost: cost(N, D), held: [], atEnd: false };
  }
  const line = lineOf(problem);
  const found = menu ? bestOf(menu, line) : constrainedMinimum(line);
  if (!found) {
    if (goal.kind !== 'loss') return undefined;
    checkReachable(surface, goal.loss);
    if (free) throw noOptimum(surface);
    return undefined;
  }
  const N = menu?.find((size) => Math.log(size) === found.x) ?? Math.exp(found.x);
  const D = line.tokens(found.x);
  const held = [...found.held.map((i) => line.limits[i]!), ...limits.filter((limit) => reached(limit, N, D, goal))];
  return { N, D, loss: surface.loss(N, D), cost: cost(N, D), held, atEnd: held.length === 0 && found.atEnd };
}

/** The optimum without constraints under the Chinchilla law, where a formula or one equation has it. */
function closedForm({ surface, goal, costs, scale }: Problem): Size | undefined {
  if (!surface.chinchilla) return undefined;
  const { paid, shift } = costs;
  if (goal.kind === 'loss' && shift !== undefined)
    return cheapestAtLoss(surface.chinchilla, goal.loss, (shift * scale.serving) / scale.training);
  if (goal.kind !== 'training-budget') return undefined;
  const product = goal.budget / (scale.training * paid.perTrainingToken(1));
  return product >= 1 ? optimumAtProduct(surface.chinchilla, product) : undefined;
}

/** The problem over x = ln N. */
export interface Line extends LineProblem {
  /** The D that goes with N = e^x; NaN where there is none. */
  readonly tokens: (x: number) => number;
  /** The limits behind `margins`, in order. */
  readonly limits: readonly Limit[];
}

/** The line of `problem`: of equal loss, or of the most tokens that can be had. */
export function lineOf({ surface, goal, costs, scale, limits }: Problem): Line {
  if (goal.kind === 'loss') {
    const tokens = (x: number): number => surface.tokensFor(Math.exp(x), goal.loss);
    return {
      ...SIZES,
      tokens,
      value: (x) => Math.log(totalOf(costs.paid, Math.exp(x), tokens(x), scale)),
      limits,
      margins: limits.map((limit) => (x: number) => marginOf(limit, Math.exp(x), tokens(x))),
    };
  }
  const { perTrainingToken, prefill, decode } = costs.paid;
  const tokens = (x: number): number => {
    const N = Math.exp(x);
    const left = goal.kind === 'training-budget' ? goal.budget : goal.budget - scale.serving * (prefill(N) + decode(N));
    const affordable = left / (scale.training * perTrainingToken(N));
    const D = limits.reduce(
      (most, { mostTokens, limit }) => Math.min(most, mostTokens?.(N, limit) ?? most),
      affordable,
    );
    return D >= 1 ? D : Number.NaN;
  };
  // What bears on D is kept by taking no more tokens; what is left bears on N.
  const onSize = limits.filter(({ mostTokens }) => !mostTokens);
  // Training costs in proportion to N D: sizes that leave less than a token, or take more than 1e16 tokens, need not be scanned.
  const product = Math.log(goal.budget / (scale.training * perTrainingToken(1)));
  const scanned = goal.kind === 'training-budget' && limits.length === 0;
  return {
    low: scanned ? Math.max(SIZES.low, product - SIZES.high) : SIZES.low,
    high: scanned ? Math.min(SIZES.high, product) : SIZES.high,
    tokens,
    value: (x) => Math.log(surface.loss(Math.exp(x), tokens(x))),
    limits: onSize,
    margins: onSize.map((limit) => (x: number) => marginOf(limit, Math.exp(x), tokens(x))),
  };
}

/** The best allowed size of a menu. */
function bestOf(
  menu: readonly number[],
  { value, margins }: Line,
): { x: number; held: number[]; atEnd: boolean } | undefined {
  const allowed = menu
    .map((size) => Math.log(size))
    .filter((x) => !Number.isNaN(value(x)) && margins.every((margin) => margin(x) >= 0));
  if (allowed.length === 0) return undefined;
  const x = allowed.reduce((best, other) => (value(other) < value(best) ? other : best));
  return { x, held: [], atEnd: false };
}

/** Under a budget a limit on D holds the optimum where D is all that it allows. */
function reached({ mostTokens, limit }: Limit, N: number, D: number, goal: Aim): boolean {
  return goal.kind !== 'loss' && mostTokens !== undefined && D >= mostTokens(N, limit) * (1 - REACHED);
}

/** Refuses a loss that no model reaches. @throws {ScalingLawsError} `E_LOSS_UNREACHABLE`. */
export function checkReachable(surface: Surface, loss: number): void {
  const floor = surface.lossOfSize(Math.exp(SIZES.high));
  if (loss > floor) return;
  throw new ScalingLawsError(
    'E_LOSS_UNREACHABLE',
    { argument: 'loss', rule: `be above ${floor}`, got: loss },
    { loss, floor },
  );
}

/** The error for a problem whose optimum lies beyond all models. */
export function noOptimum({ law }: Surface, found = 'none', size: Partial<Size> = {}): ScalingLawsError {
  const rule = 'have an optimum between 1 and 1e16 parameters, on a token at least';
  return new ScalingLawsError('E_NO_OPTIMUM', { argument: 'law', rule, got: `${found} (${law})` }, { law, ...size });
}
