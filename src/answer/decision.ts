/** What to train for a budget of FLOPs, for each of the two things that a budget may pay for. */

import type { FlatRegion } from '../plan/flat-region.ts';
import { type Plan, plan } from '../plan/plan.ts';
import type { PlanProblem } from '../plan/problem.ts';
import { predictor } from '../predict/predictor.ts';
import { type AnswerIntervals, type Ends, endsOf, openNames } from '../uncertainty/answer-intervals.ts';
import type { Replicated } from '../uncertainty/intervals.ts';

/** What a budget pays for: training alone, or training and serving. */
export type Budget = 'training' | 'lifetime';

/** A model to train. */
export interface Decision {
  /** What the budget is taken to pay for. */
  readonly budget: Budget;
  /** Parameters. */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
  /** Nats per token. */
  readonly loss: number;
  /** D / N. */
  readonly tokensPerParam: number;
  readonly trainingFlops: number;
  /** Of serving the demand; 0 without any. */
  readonly inferenceFlops: number;
  readonly totalFlops: number;
  /** Of the law's own numbers. */
  readonly intervals?: AnswerIntervals<'N' | 'D' | 'loss'>;
  /** Of the loss of one new run of this size and length, nats per token. */
  readonly runInterval?: Ends;
  /** Sizes, parameters, that reach the same loss for 1% and 5% more. */
  readonly flat: FlatRegion;
  readonly extrapolation: boolean | null;
  readonly outside: readonly string[];
}

/** A decision with the plan behind it. */
export interface Decided {
  readonly decision: Decision;
  readonly plan: Plan;
}

/** What is asked of a law. */
export type Asked = Pick<PlanProblem, 'demand' | 'given' | 'level'> & { readonly C: number };

/**
 * The best model for the budget.
 *
 * @throws {ScalingLawsError} As `plan`.
 */
export function decide(law: Replicated, { C, ...asked }: Asked, budget: Budget): Decided {
  const found = plan({ law, ...asked, goal: { kind: `${budget}-budget`, budget: C } });
  const { N, D, loss, tokensPerParam, accounts, intervals, flat, extrapolation, outside } = found;
  const { training, total } = accounts.flops;
  const known = intervals && { N: intervals.N, D: intervals.D, loss: intervals.loss };
  // A law that reads more than N and D is asked where the plan asked it.
  const { runInterval } = known ? predictor(law, asked.given, { level: intervals.N.level }).at({ N, D }) : {};
  const decision: Decision = {
    budget,
    N,
    D,
    loss,
    tokensPerParam,
    trainingFlops: training,
    inferenceFlops: total - training,
    totalFlops: total,
    ...(known && {
      intervals: {
        N: endsOf(known.N),
        D: endsOf(known.D),
        loss: endsOf(known.loss),
        level: known.N.level,
        open: openNames(known),
      },
    }),
    ...(runInterval && { runInterval }),
    flat,
    extrapolation,
    outside,
  };
  return { decision, plan: found };
}
