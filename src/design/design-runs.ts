/**
 * Which runs to train next, so that the number one is after gets the narrowest interval for the FLOPs.
 *
 * Every run tells something about the coefficients, its Fisher information J J' / sigma^2 with J = d ln L / d theta. The standard error of
 * a goal g(theta) follows by the delta method (goal.ts, information.ts), and the runs are chosen for it (search-design.ts). Since J depends
 * on the coefficients, a design needs a law to start from: a fit to a few small runs, or a published law.
 */

import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { deepFreeze } from '../freeze.ts';
import { type FittedLaw, lawBehind } from '../laws/fitted-law.ts';
import { fittedLaw } from '../laws/fitted-law-field.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { custom, integer, list, positive } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { DEFAULT_NOISE } from '../simulate/simulate-runs.ts';
import { type DesignGoal, designGoal, goalGradient } from './goal.ts';
import { whiten } from './information.ts';
import { designSearch } from './search-design.ts';

/** What to plan. */
export const designPlan = object('design plan', {
  law: fittedLaw,
  budget: positive('FLOPs', { help: 'Training FLOPs to spend.' }),
  candidates: list(object('candidate', { N: positive('parameters'), D: positive('tokens') }), {
    least: 1,
    help: 'Runs to choose from.',
  }),
  goal: designGoal,
  noise: optional(positive('log loss', { help: 'Standard deviation of the log loss of one run.' }), DEFAULT_NOISE),
  repeats: optional(integer({ help: 'How often one candidate may be trained, with other seeds.' }, 1), 1),
  given: optional(
    custom<Runs>('be runs', (value) => typeof value === 'object' && value !== null && 'loss' in value, {
      help: 'Runs there are already, each row an independent run: ends of runs, not checkpoints.',
    }),
  ),
});
/** What to plan: the law is what is believed now, a fit or a published law. */
export type DesignPlan = Given<typeof designPlan>;

/** A run to train. */
export interface DesignedRun {
  /** Parameters. */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
  /** How many times. */
  readonly count: number;
  /** 6 N D of all of them. */
  readonly flops: number;
}

/** One point of the curve: what a budget buys. */
export interface DesignCurvePoint {
  /** FLOPs allowed. */
  readonly budget: number;
  /** FLOPs spent. */
  readonly flops: number;
  /** Of the goal, in its unit; null where no choice of runs within the budget determines it. */
  readonly standardError: number | null;
}

/** A plan, worked out. */
export interface DesignedRuns extends DesignCurvePoint {
  readonly goal: DesignGoal;
  /** In order of N, then D. */
  readonly runs: readonly DesignedRun[];
  /** Standard error of the goal from the given runs alone; null where they do not determine it. */
  readonly before: number | null;
  /** Budgets doubling up to the one asked for. */
  readonly curve: readonly DesignCurvePoint[];
}

/** The curve goes down to 1/32 of the budget. */
const HALVINGS = 5;

/**
 * Chooses the runs that make a goal most certain.
 *
 * @param plan - Law, budget (FLOPs), candidates, goal, and what there is already.
 * @returns The runs, what they cost, the standard error that a least-squares fit to them (with the given runs) will have, and the curve
 *   of standard error against budget. A fit with Huber's penalty at a small delta has up to sqrt(pi/2) = 1.25 times that error. The law is
 *   taken to be true, so leave some runs to find out whether it is: other sizes than the chosen ones.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`. @throws {ScalingLawsError} `E_NO_OPTIMUM` if the goal is a decision the law cannot make.
 * @example
 * const candidates = [1e8, 3e8, 1e9].flatMap((N) => [5, 20, 80].map((ratio) => ({ N, D: ratio * N })));
 * const goal = { kind: 'loss', N: 1e10, D: 2e11 } as const;
 * const plan = designRuns({ law: publishedLaws.sardana2024, budget: 2e20, candidates, goal });
 * plan.flops <= 2e20 && plan.standardError! > 0 // => true
 * @see Fedorov (1972), "Theory of Optimal Experiments".
 */
export function designRuns(plan: DesignPlan): DesignedRuns {
  const { budget, candidates: points, goal, noise, repeats, given, ...believed } = check(designPlan, plan);
  const law = believed.law as FittedLaw;
  lawBehind(law);
  const costs = points.map(({ N, D }) => DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D);
  const there = Array.from({ length: given?.length ?? 0 }, (_, i) => ({ N: given!.N[i]!, D: given!.D[i]! }));
  const whitened = whiten(law, [...points, ...there], goalGradient(law, goal));
  const chosen = whitened.goal
    ? search({ ...whitened, goal: whitened.goal }, costs, repeats, noise, budget)
    : { ...NOTHING, curve: budgetsUpTo(budget).map((least) => ({ budget: least, flops: 0, standardError: null })) };
  const runs = points
    .map(({ N, D }, j) => ({ N, D, count: chosen.counts[j] ?? 0, flops: (chosen.counts[j] ?? 0) * costs[j]! }))
    .filter(({ count }) => count > 0)
    .sort((one, two) => one.N - two.N || one.D - two.D);
  const { before, curve } = chosen;
  return deepFreeze({ goal: { ...goal }, runs, before, ...curve.at(-1)!, curve });
}

/** Where no run sees the goal, there is nothing to choose. */
const NOTHING = { counts: new Int32Array(0), before: null };

const budgetsUpTo = (budget: number): number[] =>
  Array.from({ length: HALVINGS + 1 }, (_, k) => budget / 2 ** (HALVINGS - k));

function search(
  { dimension, runs, goal }: { dimension: number; runs: readonly Float64Array[]; goal: Float64Array },
  costs: readonly number[],
  most: number,
  noise: number,
  budget: number,
): { counts: Int32Array; before: number | null; curve: DesignCurvePoint[] } {
  const base = new Float64Array(dimension * dimension);
  for (const z of runs.slice(costs.length)) {
    for (let k = 0; k < base.length; k++) base[k] = base[k]! + z[Math.floor(k / dimension)]! * z[k % dimension]!;
  }
  const { best, variance } = designSearch({ dimension, runs: runs.slice(0, costs.length), costs, most, base, goal });
  const errorOf = (chosen: Int32Array): number | null => {
    const v = variance(chosen);
    return v === null ? null : noise * Math.sqrt(v);
  };
  let counts = new Int32Array(costs.length);
  const before = errorOf(counts);
  const curve = budgetsUpTo(budget).map((least) => {
    // A larger budget starts from the design of the smaller one, so the curve never rises.
    counts = Int32Array.from(best(least, counts));
    const flops = counts.reduce((sum, count, j) => sum + count * costs[j]!, 0);
    return { budget: least, flops, standardError: errorOf(counts) };
  });
  return { counts, before, curve };
}
