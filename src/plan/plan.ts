/**
 * What to train when it has to be served: one problem as plain data in, one decision with its reasons out.
 *
 *     minimise  cost of training + cost of serving   over N, D   subject to  L(N, D) = loss,  constraints
 *     or        L(N, D)                              over N, D   subject to  cost <= budget,  constraints
 *
 * Sardana et al. 2024, arXiv:2401.00448, equations 3 and 6, for any law, any cost, with constraints.
 */

import { type Cost, costOf } from '../allocate/cost.ts';
import type { Size } from '../allocate/frontier.ts';
import { isKept, type LimitName } from '../allocate/limit.ts';
import { chinchillaStyle } from '../allocate/optimum.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN, VERSION } from '../constants.ts';
import type { Finding } from '../finding.ts';
import { deepFreeze } from '../freeze.ts';
import { type Extrapolation, extrapolationAt } from '../judge/extrapolation.ts';
import { lawOf, withLaw } from '../laws/fitted-law.ts';
import { type Accounts, accountsOf } from './costs.ts';
import { type DecisionIntervals, decisionIntervals } from './decision-intervals.ts';
import { type DemandRisk, demandRisk } from './demand-risk.ts';
import { type FlatRegion, flatRegion } from './flat-region.ts';
import type { PlanProblem } from './problem.ts';
import { type BindingConstraint, orUndefined, shadowPrices } from './shadow-prices.ts';
import { type Compiled, compile, solve, unconstrained } from './solve.ts';
import { warningsOf } from './warnings.ts';

/** Format of a saved plan. */
export const PLAN_SCHEMA = 'scaling-laws/plan@1';

/** A model with what its life costs. */
export interface PlannedModel extends Size, Extrapolation {
  /** Nats per token. */
  readonly loss: number;
  /** D / N. */
  readonly tokensPerParam: number;
  /** In what is paid. */
  readonly cost: Cost;
  /** The same life in every unit that is known. */
  readonly accounts: Accounts;
  /** The constraints that it breaks: none of the plan itself, perhaps some of the models beside it. */
  readonly breaks: readonly LimitName[];
}

/** How the plan stands to one of its constraints. */
export interface KeptConstraint {
  readonly constraint: LimitName;
  readonly unit: string;
  readonly limit: number;
  /** The plan's own number. */
  readonly value: number;
}

/** The answer to a {@link PlanProblem}. */
export interface Plan extends PlannedModel {
  readonly schema: typeof PLAN_SCHEMA;
  /** Version of this package that made the plan. */
  readonly version: string;
  /** What was asked; of the law its name, coefficients and range, without replicates. `plan(problem)` gives this plan again. */
  readonly problem: PlanProblem;
  readonly unit: string;
  /** What compute-optimal training alone would choose for the same loss. */
  readonly chinchilla: PlannedModel;
  /** The optimum without constraints, where there are some; null if it does not exist. */
  readonly unconstrained: PlannedModel | null;
  /** 1 - cost / cost of the Chinchilla-style model; of the model to match, where one is. */
  readonly saving: { readonly overChinchilla: number; readonly overMatched: number | null };
  /** Plan over Chinchilla-style model. */
  readonly ratios: { readonly N: number; readonly D: number; readonly cost: number };
  readonly constraints: readonly KeptConstraint[];
  readonly binding: readonly BindingConstraint[];
  readonly flat: FlatRegion;
  /** Passes over the unique tokens, where `data` says how many there are. */
  readonly epochs: number | null;
  /** Where the law is a bootstrap: intervals of the decision. */
  readonly intervals: DecisionIntervals | null;
  /** Where demand is uncertain and the goal a loss. */
  readonly demandRisk: DemandRisk | null;
  readonly warnings: readonly Finding[];
}

/**
 * The best model for a problem.
 *
 * @param problem - Law, goal, demand, payment, hardware, data, constraints; see {@link PlanProblem} for the units of each.
 * @returns N (parameters), D (tokens), loss, costs by phase in every unit that is known; beside it the Chinchilla-style model and the
 *   unconstrained optimum; savings, binding constraints with their prices, the flat region, intervals, risk, extrapolation. Plain frozen data.
 * @throws {ScalingLawsError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN` for an ill-posed problem; `E_LOSS_UNREACHABLE`; `E_INFEASIBLE`, which
 *   names the constraint and by how much it is missed; `E_NO_OPTIMUM`.
 * @throws {ScalingLawsError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`, `E_LAW_VARIABLE`.
 * @throws {ScalingLawsError} `E_UNDEFINED` if fewer than half of a bootstrap's replicates have a plan.
 * @example
 * const { N, D, saving } = plan({
 *   law: publishedLaws.sardana2024,
 *   goal: { kind: 'loss', loss: 1.947 },
 *   demand: { tokens: 2e12 },
 * });
 * N // => 2.418e10
 * D // => 2.657e12
 * saving.overChinchilla // => 0.0478
 * @see Sardana et al. (2024), arXiv:2401.00448, section 3.
 */
export function plan(problem: PlanProblem): Plan {
  const compiled = compile(problem);
  const best = solve(compiled);
  const modelled = (size: Size): PlannedModel => modelAt(compiled, size, best.loss);
  const model = modelled(best);
  const chinchilla = modelled(chinchillaStyle(compiled.surface, best.loss));
  const { goal, data } = compiled.problem;
  const matched = goal.kind === 'match' ? costOf(compiled.costs.paid, goal.N, goal.D).total : null;
  const constrained = compiled.limits.length > 0 || compiled.menu !== undefined;
  const risk = demandRisk(compiled, best);
  const spread = decisionIntervals(compiled);
  const decision: Plan = {
    schema: PLAN_SCHEMA,
    version: VERSION,
    problem: recorded(problem),
    unit: compiled.costs.unit,
    ...model,
    chinchilla,
    unconstrained: constrained ? unconstrainedModel(compiled) : model,
    saving: {
      overChinchilla: 1 - model.cost.total / chinchilla.cost.total,
      overMatched: matched === null ? null : 1 - model.cost.total / matched,
    },
    ratios: {
      N: model.N / chinchilla.N,
      D: model.D / chinchilla.D,
      cost: model.cost.total / chinchilla.cost.total,
    },
    constraints: compiled.limits.map((limit) => ({
      constraint: limit.name,
      unit: limit.unit,
      limit: limit.limit,
      value: limit.value(best.N, best.D),
    })),
    binding: shadowPrices(compiled, best),
    flat: flatRegion(compiled, best),
    epochs: data ? best.D / data.unique : null,
    intervals: spread,
    demandRisk: risk ?? null,
    warnings: warningsOf(compiled, model, spread),
  };
  return deepFreeze(decision);
}

/** The problem as data of its own, to be kept with its answer. */
function recorded({ law, ...rest }: PlanProblem): PlanProblem {
  const { coefficients, fittedRange, lossUnit } = law;
  const form = lawOf(law);
  const problem = JSON.parse(JSON.stringify({ law: { law: form.kind, coefficients, lossUnit, fittedRange }, ...rest }));
  withLaw(problem.law, form);
  return problem;
}

function modelAt({ law, costs, limits }: Compiled, { N, D }: Size, loss: number): PlannedModel {
  return {
    N,
    D,
    loss,
    tokensPerParam: D / N,
    cost: costOf(costs.paid, N, D),
    accounts: accountsOf(costs, N, D),
    breaks: limits.filter((limit) => !isKept(limit, N, D)).map(({ name }) => name),
    ...extrapolationAt(law.fittedRange, { N, D, C: DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D }),
  };
}

function unconstrainedModel(compiled: Compiled): PlannedModel | null {
  const best = orUndefined(() => solve(unconstrained(compiled)));
  return best ? modelAt(compiled, best, best.loss) : null;
}
