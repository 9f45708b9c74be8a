/**
 * A plan problem compiled to functions, and its optimum.
 *
 * For a loss, each N has one D on the line of equal loss, and what is least is the cost. For a budget, each N has the most tokens that the
 * budget (and the data, and the days) allow, and what is least is the loss. Either way one variable is left, ln N.
 */

import { cheapestAtLoss, type Size } from '../allocate/frontier.ts';
import {
  checkReachable,
  leastCostAtLoss,
  leastLossAtProduct,
  SIZES,
  TRAINING_ALONE,
  withOptimum,
} from '../allocate/optimum.ts';
import { onlyKnown, positive, recordOf } from '../arguments.ts';
import { refusal, ScalingLawsError } from '../errors.ts';
import { type LifeDemand, lifeDemand, NO_DEMAND } from '../inference/demand.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { constrainedMinimum, type LineProblem } from '../numeric/constrained-minimum.ts';
import { type Surface, surfaceOf } from '../predict/surface.ts';
import { type Costs, costsOf, type Scale, totalOf, UNSCALED } from './costs.ts';
import { infeasible } from './infeasible.ts';
import { type Limit, limitsOf, marginOf } from './limits.ts';
import { type Goal, type PlanProblem, PROBLEM_FIELDS } from './problem.ts';
import { checkData, withUniqueData } from './unique-data.ts';

/** A problem, checked and turned into functions. */
export interface Compiled {
  readonly law: FittedLaw<string>;
  readonly surface: Surface;
  readonly goal: Exclude<Goal, { kind: 'match' }>;
  readonly demand: LifeDemand;
  readonly costs: Costs;
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

/** The largest size that is searched, and a little for rounding. */
const MOST_PARAMETERS = Math.exp(SIZES.high) * (1 + 1e-9);

/** A limit on D is reached if D is this close to it, relatively. */
const REACHED = 1e-9;

/**
 * Checks `problem`, once.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`, `E_NO_OPTIMUM`. @throws {ScalingLawsError}
 */
export function compile(problem: PlanProblem): Compiled {
  checkParts(problem);
  const demand = problem.demand ? lifeDemand(problem.demand) : NO_DEMAND;
  const costs = costsOf(problem, demand);
  return { ...lawOf(problem), demand, costs, scale: UNSCALED, ...limitsOf(problem, costs) };
}

/** Throws unless every part of a problem is one; what is in them is checked where it is read. */
function checkParts(problem: PlanProblem): void {
  onlyKnown('problem', problem, PROBLEM_FIELDS);
  for (const name of ['law', 'goal'] as const) recordOf(name, problem[name]);
  recordOf('law.coefficients', problem.law.coefficients);
  for (const name of ['given', 'demand', 'training', 'serving', 'energy', 'data'] as const) {
    const part: object | undefined = problem[name];
    if (part !== undefined) recordOf(name, part);
  }
  const { level, data } = problem;
  if (level !== undefined && !(typeof level === 'number' && level > 0 && level < 1))
    throw refusal('level', 'be between 0 and 1', level);
  if (data) checkData(data);
}

/** The parts of a problem that hang on its law: a replicate of a bootstrap changes these alone. */
export function lawOf(problem: PlanProblem): Pick<Compiled, 'law' | 'surface' | 'goal'> {
  const { law, given } = withUniqueData(problem);
  const surface = withOptimum(surfaceOf(law, given));
  return { law, surface, goal: checkedGoal(problem.goal, surface) };
}

function checkedGoal(goal: Goal, surface: Surface): Compiled['goal'] {
  const number = (name: string, unit: string, value: number): number => positive(`goal.${name}`, unit, value);
  switch (goal.kind) {
    case 'loss':
      onlyKnown('goal', goal, ['kind', 'loss']);
      number('loss', 'nats per token', goal.loss);
      return goal;
    case 'match':
      onlyKnown('goal', goal, ['kind', 'N', 'D']);
      return { kind: 'loss', loss: surface.loss(number('N', 'parameters', goal.N), number('D', 'tokens', goal.D)) };
    case 'lifetime-budget':
    case 'training-budget':
      onlyKnown('goal', goal, ['kind', 'budget']);
      number('budget', 'what is paid', goal.budget);
      return goal;
    default: {
      const { kind } = goal satisfies never as { kind: unknown };
      throw refusal('goal.kind', 'be one of loss, match, lifetime-budget, training-budget', kind);
    }
  }
}

/** The optimum of `compiled`. @throws {ScalingLawsError} `E_LOSS_UNREACHABLE`, `E_INFEASIBLE`, `E_NO_OPTIMUM`. */
export function solve(compiled: Compiled): Solution {
  const found = optimum(compiled);
  const { N, D, atEnd } = found;
  if (!atEnd && N >= 1 && N <= MOST_PARAMETERS && D >= 1) return found;
  // Closed forms know no largest model.
  if (compiled.goal.kind === 'loss') checkReachable(compiled.surface, compiled.goal.loss);
  const got = atEnd ? 'none' : `${N.toPrecision(4)} on ${D.toPrecision(4)}`;
  throw noOptimum(compiled.surface, got, { N, D });
}

/** The same, wherever it lies: demands far out in the tail of a distribution have theirs beyond all that will be trained. */
export function optimum(compiled: Compiled): Solution {
  const { surface, goal, limits, menu } = compiled;
  const constrained = limits.length > 0 || menu !== undefined;
  const closed = constrained ? undefined : closedForm(compiled);
  if (closed) {
    const { N, D } = closed;
    const loss = goal.kind === 'loss' ? goal.loss : surface.loss(N, D);
    return { N, D, loss, cost: totalAt(compiled, N, D), held: [], atEnd: false };
  }
  const line = lineOf(compiled);
  const found = menu ? bestOf(menu, line) : constrainedMinimum(line);
  if (!found) {
    if (goal.kind === 'loss') {
      checkReachable(surface, goal.loss);
      // Without constraints it may fail too, and say why; if not, they are to blame.
      if (constrained) solve({ ...compiled, limits: [], menu: undefined });
      else throw noOptimum(surface, 'none', {});
    }
    throw infeasible(compiled, line);
  }
  const N = menu?.find((size) => Math.log(size) === found.x) ?? Math.exp(found.x);
  const D = line.tokens(found.x);
  const held = [...found.held.map((i) => line.limits[i]!), ...limits.filter((limit) => reached(limit, N, D, goal))];
  const atEnd = held.length === 0 && found.atEnd;
  return { N, D, loss: surface.loss(N, D), cost: totalAt(compiled, N, D), held, atEnd };
}

/** The optimum without constraints under the Chinchilla law, where a formula or one equation has it. */
function closedForm({ surface, goal, costs, scale }: Compiled): Size | undefined {
  if (!surface.chinchilla) return undefined;
  const { paid, shift } = costs;
  if (goal.kind === 'loss' && shift !== undefined)
    return cheapestAtLoss(surface.chinchilla, goal.loss, (shift * scale.serving) / scale.training);
  if (goal.kind !== 'training-budget') return undefined;
  const product = goal.budget / (scale.training * paid.perTrainingToken(1));
  return product >= 1 ? leastLossAtProduct(surface, product) : undefined;
}

/** What N parameters on D tokens cost over the life, in what is paid. */
export function totalAt({ costs, scale }: Pick<Compiled, 'costs' | 'scale'>, N: number, D: number): number {
  return totalOf(costs.paid, N, D, scale);
}

/** What compute-optimal training alone would choose for `loss`. */
export function chinchillaStyle({ surface }: Compiled, loss: number): Size {
  return leastCostAtLoss(surface, loss, TRAINING_ALONE);
}

/** The problem over x = ln N. */
export interface Line extends LineProblem {
  /** The D that goes with N = e^x; NaN where there is none. */
  readonly tokens: (x: number) => number;
  /** The limits behind `margins`, in order. */
  readonly limits: readonly Limit[];
}

/** The line of `compiled`: of equal loss, or of the most tokens that can be had. */
export function lineOf(compiled: Compiled): Line {
  const { surface, goal, costs, scale, limits } = compiled;
  if (goal.kind === 'loss') {
    const tokens = (x: number): number => surface.tokensFor(Math.exp(x), goal.loss);
    return {
      ...SIZES,
      tokens,
      value: (x) => Math.log(totalAt(compiled, Math.exp(x), tokens(x))),
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
  return {
    ...SIZES,
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
function reached({ mostTokens, limit }: Limit, N: number, D: number, goal: Goal): boolean {
  return goal.kind !== 'loss' && mostTokens !== undefined && D >= mostTokens(N, limit) * (1 - REACHED);
}

function noOptimum({ law }: Surface, got: string, size: Partial<Size>): ScalingLawsError {
  return new ScalingLawsError(
    'E_NO_OPTIMUM',
    `law must have an optimum between 1 and 1e16 parameters, on a token at least, got ${got} (${law})`,
    { law, ...size },
  );
}
