/** A plan problem, checked once and compiled to functions; and its optimum, which the core of all allocations finds. */

import type { Scale } from '../allocate/cost.ts';
import { UNSCALED } from '../allocate/cost.ts';
import {
  type Aim,
  checkReachable,
  lineOf,
  noOptimum,
  type Problem,
  SIZES,
  type Solution,
  search,
  surfaceWithOptimum,
} from '../allocate/optimum.ts';
import { type LifeDemand, NO_DEMAND, workedOut } from '../inference/demand.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import type { Surface } from '../predict/surface.ts';
import { check } from '../schema/check.ts';
import { type Costs, costsOf } from './costs.ts';
import { infeasible } from './infeasible.ts';
import { limitsOf } from './limits.ts';
import { type CheckedProblem, type PlanProblem, planProblem } from './problem.ts';
import { withUniqueData } from './unique-data.ts';

export type { Solution } from '../allocate/optimum.ts';

/** A problem, checked and turned into functions. */
export interface Compiled extends Problem {
  readonly problem: CheckedProblem;
  readonly law: FittedLaw<string>;
  readonly demand: LifeDemand;
  readonly costs: Costs;
  readonly scale: Scale;
}

/** The largest size that is searched, and a little for rounding. */
const MOST_PARAMETERS = Math.exp(SIZES.high) * (1 + 1e-9);

/**
 * Checks `given`, once, and compiles it.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN`, `E_NO_OPTIMUM`.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`, `E_LAW_VARIABLE`; `E_INFEASIBLE` for menus that share no size.
 */
export function compile(given: PlanProblem): Compiled {
  const problem = check(planProblem, given);
  const demand = problem.demand ? workedOut(problem.demand) : NO_DEMAND;
  const costs = costsOf(problem, demand);
  return { problem, ...underLaw(problem), demand, costs, scale: UNSCALED, ...limitsOf(problem, costs) };
}

/** The parts of a compiled problem that hang on its law: a replicate of a bootstrap changes these alone. */
export function underLaw(problem: CheckedProblem): {
  readonly law: FittedLaw<string>;
  readonly surface: Surface;
  readonly goal: Aim;
} {
  const { law, given } = withUniqueData(problem);
  const surface = surfaceWithOptimum(law, given);
  const { goal } = problem;
  const aim: Aim = goal.kind === 'match' ? { kind: 'loss', loss: surface.loss(goal.N, goal.D) } : goal;
  return { law, surface, goal: aim };
}

/** The optimum of `compiled`. @throws {ScalingLawsError} `E_LOSS_UNREACHABLE`, `E_INFEASIBLE`, `E_NO_OPTIMUM`. */
export function solve(compiled: Compiled): Solution {
  const found = optimum(compiled);
  const { N, D, atEnd } = found;
  if (!atEnd && N >= 1 && N <= MOST_PARAMETERS && D >= 1) return found;
  // Closed forms know no largest model.
  if (compiled.goal.kind === 'loss') checkReachable(compiled.surface, compiled.goal.loss);
  throw noOptimum(compiled.surface, atEnd ? 'none' : `${N.toPrecision(4)} on ${D.toPrecision(4)}`, { N, D });
}

/** The same, wherever it lies: demands far out in the tail of a distribution have theirs beyond all that will be trained. */
export function optimum(compiled: Compiled): Solution {
  const found = search(compiled);
  if (found) return found;
  // Without constraints it may fail too, and say why; if not, they are to blame.
  if (compiled.goal.kind === 'loss') solve(unconstrained(compiled));
  throw infeasible(compiled, lineOf(compiled));
}

/** `compiled` without its constraints. */
export const unconstrained = (compiled: Compiled): Compiled => ({ ...compiled, limits: [], menu: undefined });
