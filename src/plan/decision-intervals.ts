/** How certain a decision is: the problem solved again under each replicate of its law. */

import { ScalingLawsError } from '../errors.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { type Interval, intervals } from '../uncertainty/intervals.ts';
import { costOf } from './costs.ts';
import type { PlanProblem } from './problem.ts';
import { type Compiled, chinchillaStyle, lawOf, solve } from './solve.ts';

/** Intervals of a decision; those replicates that have none are left out, and counted in each. */
export interface DecisionIntervals {
  readonly N: Interval;
  readonly D: Interval;
  readonly cost: Interval;
  readonly saving: Interval;
}

/** Intervals over the replicates of the law; each replicate's problem is solved once. */
export function decisionIntervals(
  problem: PlanProblem,
  bootstrap: Bootstrap<string>,
  compiled: Compiled,
): DecisionIntervals {
  type Decision = Record<'N' | 'D' | 'cost' | 'saving', number>;
  const known = new Map<string, Decision | ScalingLawsError>();
  const decide = (law: PlanProblem['law']): Decision => {
    const of: Compiled = { ...compiled, ...lawOf({ ...problem, law }) };
    const { N, D, loss, cost } = solve(of);
    const chinchilla = chinchillaStyle(of, loss);
    return { N, D, cost, saving: 1 - cost / costOf(of.costs.paid, chinchilla.N, chinchilla.D).total };
  };
  const once = (law: PlanProblem['law']): Decision => {
    const key = Object.values(law.coefficients).join();
    let decision = known.get(key);
    if (!decision) {
      try {
        decision = decide(law);
      } catch (error) {
        if (!(error instanceof ScalingLawsError)) throw error;
        decision = error;
      }
      known.set(key, decision);
    }
    if (decision instanceof ScalingLawsError) throw decision;
    return decision;
  };
  const options = problem.level === undefined ? {} : { level: problem.level };
  const of = (name: keyof Decision): Interval => intervals(bootstrap, (law) => once(law)[name], options);
  return { N: of('N'), D: of('D'), cost: of('cost'), saving: of('saving') };
}
