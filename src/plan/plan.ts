/**
 * What to train when it has to be served: one problem as plain data in, one decision with its reasons out.
 *
 *     minimise  cost of training + cost of serving   over N, D   subject to  L(N, D) = loss,  constraints
 *     or        L(N, D)                              over N, D   subject to  cost <= budget,  constraints
 *
 * Sardana et al. 2024, arXiv:2401.00448, equations 3 and 6, for any law, any cost, with constraints.
 */

import type { Size } from '../allocate/frontier.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import type { Warning } from '../errors.ts';
import { ScalingLawsError } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { type Extrapolation, extrapolationAt } from '../predict/extrapolation.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { type Interval, intervals } from '../uncertainty/intervals.ts';
import { type Accounts, accountsOf, type Cost, costOf } from './costs.ts';
import { type DemandRisk, demandRisk } from './demand-risk.ts';
import { type FlatRegion, flatRegion } from './flat-region.ts';
import { type LimitName, marginOf, ROUNDING } from './limits.ts';
import type { PlanProblem } from './problem.ts';
import { type BindingConstraint, shadowPrices } from './shadow-prices.ts';
import { type Compiled, chinchillaStyle, compile, lawOf, type Solution, solve } from './solve.ts';

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
  readonly intervals: {
    readonly N: Interval;
    readonly D: Interval;
    readonly cost: Interval;
    readonly saving: Interval;
  } | null;
  /** Where demand is uncertain and the goal a loss. */
  readonly demandRisk: DemandRisk | null;
  readonly warnings: readonly Warning[];
}

/**
 * The best model for a problem.
 *
 * @param problem - Law, goal, demand, payment, hardware, data, constraints; see {@link PlanProblem} for the units of each.
 * @returns N (parameters), D (tokens), loss, costs by phase in every unit that is known; beside it the Chinchilla-style model and the
 *   unconstrained optimum; savings, binding constraints with their prices, the flat region, intervals, risk, extrapolation. Plain frozen data.
 * @throws {AllocationError} `E_ARGUMENT`, `E_OPTION`, `E_HARDWARE_UNKNOWN` for an ill-posed problem; `E_LOSS_UNREACHABLE`; `E_INFEASIBLE`, which
 *   names the constraint and by how much it is missed; `E_NO_OPTIMUM`.
 * @throws {LawError} `E_LAW_UNKNOWN`, `E_LAW_COEFFICIENTS`, `E_LAW_VARIABLE`.
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
  const chinchilla = modelled(chinchillaStyle(compiled, best.loss));
  const matched =
    problem.goal.kind === 'match' ? costOf(compiled.costs.paid, problem.goal.N, problem.goal.D).total : null;
  const constrained = compiled.limits.length > 0 || compiled.menu !== undefined;
  const risk = demandRisk(compiled, best);
  const decision: Plan = {
    schema: PLAN_SCHEMA,
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
    epochs: problem.data ? best.D / problem.data.unique : null,
    intervals: 'draws' in problem.law ? decisionIntervals(problem, problem.law, compiled) : null,
    demandRisk: risk ?? null,
    warnings: warningsOf(compiled, model, best),
  };
  return deepFreeze(decision);
}

function modelAt({ law, costs, limits }: Compiled, { N, D }: Size, loss: number): PlannedModel {
  return {
    N,
    D,
    loss,
    tokensPerParam: D / N,
    cost: costOf(costs.paid, N, D),
    accounts: accountsOf(costs, N, D),
    breaks: limits.filter((limit) => marginOf(limit, N, D) < -ROUNDING).map(({ name }) => name),
    ...extrapolationAt(law.fittedRange, { N, D, C: DEFAULT_FLOPS_PER_PARAM_TOKEN * N * D }),
  };
}

function unconstrainedModel(compiled: Compiled): PlannedModel | null {
  try {
    const best = solve({ ...compiled, limits: [], menu: undefined });
    return modelAt(compiled, best, best.loss);
  } catch (error) {
    if (error instanceof ScalingLawsError) return null;
    throw error;
  }
}

/** Intervals over the replicates of the law; each replicate's problem is solved once. */
function decisionIntervals(problem: PlanProblem, bootstrap: Bootstrap<string>, compiled: Compiled): Plan['intervals'] {
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

function warningsOf({ costs, demand }: Compiled, model: PlannedModel, { N }: Solution): Warning[] {
  const warnings: Warning[] = [];
  if (model.extrapolation) {
    warnings.push({
      code: 'W_EXTRAPOLATION',
      message:
        `the plan lies outside the runs behind the law in ${model.outside.join(', ')}; laws fitted at ordinary tokens per ` +
        'parameter overstate what extra tokens bring (Sardana et al. 2024), so the best model may be larger than this',
    });
  }
  const { deployment } = costs;
  if (deployment && demand.total > 0 && deployment.memoryTotal(N) > deployment.memoryAvailable) {
    warnings.push({
      code: 'W_MEMORY',
      message: `the model does not fit its serving hardware: it takes ${(deployment.memoryTotal(N) / 1e9).toPrecision(3)} GB of ${(deployment.memoryAvailable / 1e9).toPrecision(3)} GB; add { kind: 'memory' } to constraints, or GPUs`,
    });
  }
  return warnings;
}
