/** How certain a decision is: the problem solved again under each replicate of its law. */

import { costOf } from '../allocate/cost.ts';
import { chinchillaStyle } from '../allocate/optimum.ts';
import { ScalingLawsError } from '../errors.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { type Interval, intervals } from '../uncertainty/intervals.ts';
import { type Compiled, solve, underLaw } from './solve.ts';

/** Intervals of a decision; those replicates that have none are left out, and counted in each. */
export interface DecisionIntervals {
  readonly N: Interval;
  readonly D: Interval;
  readonly cost: Interval;
  readonly saving: Interval;
}

/** Intervals over the replicates of the law, where it is a bootstrap; each replicate's problem is solved once. */
export function decisionIntervals(compiled: Compiled): DecisionIntervals | null {
  const { problem } = compiled;
  if (!('draws' in problem.law)) return null;
  const bootstrap = problem.law;
  type Decision = Record<'N' | 'D' | 'cost' | 'saving', number>;
  const known = new Map<string, Decision | ScalingLawsError>();
  const decide = (law: FittedLaw<string>): Decision => {
    const of: Compiled = { ...compiled, ...underLaw({ ...problem, law }) };
    const { N, D, loss, cost } = solve(of);
    const chinchilla = chinchillaStyle(of.surface, loss);
    return { N, D, cost, saving: 1 - cost / costOf(of.costs.paid, chinchilla.N, chinchilla.D).total };
  };
  const once = (law: FittedLaw<string>): Decision => {
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
