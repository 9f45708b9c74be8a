/** How certain a decision is: the problem solved again under each replicate of its law. */

import { costOf } from '../allocate/cost.ts';
import { chinchillaStyle } from '../allocate/optimum.ts';
import { type Interval, jointIntervals } from '../uncertainty/intervals.ts';
import { type Compiled, solve, underLaw } from './solve.ts';

/** Intervals of a decision; those replicates that have none are left out, and counted in each. */
export interface DecisionIntervals {
  readonly N: Interval;
  readonly D: Interval;
  /** Nats per token; of no width where the goal is a loss. */
  readonly loss: Interval;
  readonly cost: Interval;
  readonly saving: Interval;
}

/** A saving this small is what rounding leaves of none. */
const ROUNDING = 1e-9;

/** Intervals over the replicates of the law, where it has some; each replicate's problem is solved once. */
export function decisionIntervals(compiled: Compiled): DecisionIntervals | null {
  const { problem } = compiled;
  const options = problem.level === undefined ? {} : { level: problem.level };
  const found = jointIntervals(
    problem.law,
    (law) => {
      const of: Compiled = { ...compiled, ...underLaw({ ...problem, law }) };
      const { N, D, loss, cost } = solve(of);
      const chinchilla = chinchillaStyle(of.surface, loss);
      const saving = 1 - cost / costOf(of.costs.paid, chinchilla.N, chinchilla.D).total;
      return { N, D, loss, cost, saving: Math.abs(saving) < ROUNDING ? 0 : saving };
    },
    options,
  );
  return found ?? null;
}
