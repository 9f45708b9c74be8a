/**
 * What is worth knowing of a plan that is no error: it lies outside the runs, its model does not fit its GPUs, replicates are left out, or the
 * law speaks of another model than the costs.
 */

import type { Warning } from '../errors.ts';
import { BYTES, type Dtype } from '../inference/hardware.ts';
import { type FittedLaw, lawOf } from '../laws/fitted-law.ts';
import type { DecisionIntervals } from './decision-intervals.ts';
import type { PlannedModel } from './plan.ts';
import type { PlanProblem } from './problem.ts';
import type { Compiled } from './solve.ts';

/** What a plan's reader should know. */
export function warningsOf(
  problem: PlanProblem,
  { costs, demand, law }: Compiled,
  model: PlannedModel,
  spread: DecisionIntervals | null,
): Warning[] {
  const warnings: Warning[] = [];
  if (model.extrapolation) {
    const { outside } = model;
    const longer = outside.includes('D') || outside.includes('tokensPerParam');
    warnings.push({
      code: 'W_EXTRAPOLATION',
      message: `the plan lies outside the runs behind the law in ${outside.join(', ')}${longer ? LONGER : ''}`,
    });
  }
  if (spread && spread.N.undefined > 0 && 'draws' in problem.law) {
    const all = Object.values(problem.law.draws)[0]!.length;
    warnings.push({
      code: 'W_REPLICATES_WITHOUT_PLAN',
      message:
        `${spread.N.undefined} of ${all} replicates of the law have no plan (${((100 * spread.N.undefined) / all).toPrecision(3)} %); ` +
        'the intervals are over the others, in which the goal is easier to reach',
    });
  }
  for (const { variable, asked, paid, by } of unpaid(problem, law)) {
    warnings.push({
      code: 'W_VARIABLE_NOT_PAID',
      message: `the law is asked for ${variable} = ${asked}, but the costs are those of ${variable} = ${paid}: ${by}`,
    });
  }
  const { N } = model;
  const { deployment } = costs;
  const { weights = 'bf16' } = problem.serving ?? {};
  if (deployment && demand.total > 0 && deployment.arithmetic !== weights) {
    warnings.push({
      code: 'W_WEIGHTS_ONLY',
      message: `the serving GPU does not compute in ${weights}: weights take fewer bytes, and are multiplied in ${deployment.arithmetic}`,
    });
  }
  if (deployment && demand.total > 0 && deployment.memoryTotal(N) > deployment.memoryAvailable) {
    warnings.push({
      code: 'W_MEMORY',
      message: `the model does not fit its serving hardware: it takes ${(deployment.memoryTotal(N) / 1e9).toPrecision(3)} GB of ${(deployment.memoryAvailable / 1e9).toPrecision(3)} GB; add { kind: 'memory' } to constraints, or GPUs`,
    });
  }
  return warnings;
}

/** What is known of laws that are asked for more tokens than they saw. */
const LONGER =
  '; laws fitted at ordinary tokens per parameter overstate what extra tokens bring (Sardana et al. 2024), so the best model may be larger ' +
  'than this';

/** A variable of a law that changes what a model costs, and its value for which the costs hold. */
interface Paid {
  readonly variable: string;
  readonly paid: number;
  /** What says so. */
  readonly by: string;
}

/** Bits of a number. */
const bits = (dtype: Dtype = 'bf16'): number => 8 * BYTES[dtype];

/** What costs take for granted of variables that laws read. */
function paidFor({ training, serving }: PlanProblem): Paid[] {
  const always: Paid[] = [
    { variable: 'P', paid: bits(training?.dtype), by: 'training counts 6 N D operations in training.dtype' },
    { variable: 'k', paid: 1, by: 'each answer is written once' },
  ];
  if (!serving) return always;
  const { shape, weights, activations, kv } = serving;
  return [
    ...always,
    { variable: 'experts', paid: shape?.experts?.count ?? 1, by: 'serving.shape.experts.count' },
    { variable: 'P', paid: bits(weights), by: 'serving.weights' },
    { variable: 'PW', paid: bits(weights), by: 'serving.weights' },
    { variable: 'PA', paid: bits(activations), by: 'serving.activations' },
    { variable: 'PKV', paid: bits(kv), by: 'serving.kv' },
  ];
}

/** Where the law is asked about another model than the one that is paid for. */
function unpaid(problem: PlanProblem, law: FittedLaw<string>): (Paid & { readonly asked: number })[] {
  const { variables } = lawOf(law);
  return paidFor(problem).flatMap((one) => {
    const asked = problem.given?.[one.variable];
    return variables.includes(one.variable) && asked !== undefined && asked !== one.paid ? [{ ...one, asked }] : [];
  });
}
