/**
 * What it costs not to know the demand.
 *
 *     regret of a model, if demand turns out to be t:   cost(model; t) - least cost(t)
 *
 * Costs are proportional to demand, so the model of least expected cost is the one for the mean demand, and its expected regret is what it
 * would be worth to know the demand beforehand (the expected value of perfect information; Raiffa & Schlaifer 1961).
 */

import type { Size } from '../allocate/frontier.ts';
import { bracketedMinimum } from '../numeric/minimize.ts';
import { costOf } from './costs.ts';
import { marginOf, ROUNDING } from './limits.ts';
import { type Compiled, chinchillaStyle, type Solution, solve } from './solve.ts';

/** A model that might be trained, and what choosing it may cost. */
export interface Alternative extends Size {
  readonly name:
    | 'least-expected-cost'
    | 'low-demand'
    | 'median-demand'
    | 'high-demand'
    | 'least-worst-regret'
    | 'chinchilla';
  /** In what is paid. */
  readonly expectedCost: number;
  readonly expectedRegret: number;
  /** Over the outcomes of the demand. */
  readonly worstRegret: number;
  /** False where it breaks a constraint of the problem. */
  readonly allowed: boolean;
}

/** Uncertain demand and its consequences. */
export interface DemandRisk {
  /** Tokens over the life: values that demand stays below with probability .1, .5, .9. */
  readonly demand: { readonly p10: number; readonly median: number; readonly p90: number };
  /** What it would be worth, on average, to know the demand before training; in what is paid. */
  readonly valueOfKnowing: number;
  readonly alternatives: readonly Alternative[];
}

const TOLERANCE = 1e-6;

/** The risk of `best`; undefined where demand is certain, or a budget and not a loss is the goal. */
export function demandRisk(compiled: Compiled, best: Solution): DemandRisk | undefined {
  const { demand, goal } = compiled;
  if (demand.outcomes.length < 2 || goal.kind !== 'loss') return undefined;
  const { outcomes } = demand;
  const least = outcomes.map(({ factor }) => solve(atDemand(compiled, factor)).cost);
  const regrets = ({ N, D }: Size): number[] => {
    const { training, prefill, decode } = costOf(compiled.costs.paid, N, D);
    return outcomes.map(({ factor }, i) => Math.max(training + factor * (prefill + decode) - least[i]!, 0));
  };
  const { quantile } = demand;
  const sizes: [Alternative['name'], Size][] = [
    ['least-expected-cost', best],
    ['low-demand', solve(atDemand(compiled, quantile(0.1)))],
    ['median-demand', solve(atDemand(compiled, quantile(0.5)))],
    ['high-demand', solve(atDemand(compiled, quantile(0.9)))],
    ['least-worst-regret', leastWorst(compiled, (size) => Math.max(...regrets(size)))],
    ['chinchilla', chinchillaStyle(compiled, best.loss)],
  ];
  const alternatives = sizes.map(([name, { N, D }]): Alternative => {
    const regret = regrets({ N, D });
    return {
      name,
      N,
      D,
      expectedCost: costOf(compiled.costs.paid, N, D).total,
      expectedRegret: outcomes.reduce((sum, { probability }, i) => sum + probability * regret[i]!, 0),
      worstRegret: Math.max(...regret),
      allowed:
        compiled.limits.every((limit) => marginOf(limit, N, D) >= -ROUNDING) &&
        (!compiled.menu || compiled.menu.includes(N)),
    };
  });
  const { total } = demand;
  return {
    demand: { p10: total * quantile(0.1), median: total * quantile(0.5), p90: total * quantile(0.9) },
    valueOfKnowing: alternatives[0]!.expectedRegret,
    alternatives,
  };
}

/** The problem with `factor` times the mean demand. */
export function atDemand(compiled: Compiled, factor: number): Compiled {
  const { training, serving } = compiled.scale;
  return { ...compiled, scale: { training, serving: serving * factor } };
}

/** The model between those of the least and the greatest demand whose worst regret is least: it rises on both sides. */
function leastWorst(compiled: Compiled, worst: (size: Size) => number): Size {
  const factors = compiled.demand.outcomes.map(({ factor }) => factor);
  const [few, many] = [Math.min(...factors), Math.max(...factors)].map((factor) => solve(atDemand(compiled, factor)));
  if (compiled.menu) {
    const sizes = compiled.menu.map((N) => ({ N, D: compiled.surface.tokensFor(N, few!.loss) }));
    return sizes.filter(({ D }) => !Number.isNaN(D)).reduce((low, size) => (worst(size) < worst(low) ? size : low));
  }
  const at = (x: number): Size => ({ N: Math.exp(x), D: compiled.surface.tokensFor(Math.exp(x), few!.loss) });
  const [low, high] = [Math.log(many!.N), Math.log(few!.N)];
  return low < high ? at(bracketedMinimum((x) => worst(at(x)), low, high, TOLERANCE).x) : few!;
}
