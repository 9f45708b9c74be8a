/**
 * What it costs not to know the demand.
 *
 *     regret of a model, if demand turns out to be t:   cost(model; t) - least cost(t)
 *
 * Costs are proportional to demand, so the model of least expected cost is the one for the mean demand, and its expected regret is what it
 * would be worth to know the demand beforehand (the expected value of perfect information; Raiffa & Schlaifer 1961).
 *
 * The least cost is the smallest of lines in t, so it is concave, and a regret is convex: it is worst at one end of the range of demand. A
 * log-normal demand has no end and regrets without bound, so its range is taken from p1 to p99.
 */

import { costOf } from '../allocate/cost.ts';
import type { Size } from '../allocate/frontier.ts';
import { isKept } from '../allocate/limit.ts';
import { chinchillaStyle, lineOf } from '../allocate/optimum.ts';
import { constrainedMinimum } from '../numeric/constrained-minimum.ts';
import { type Compiled, optimum, type Solution } from './solve.ts';

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
  /** Negative only for a model that is not allowed: it may be cheaper than any that is. */
  readonly expectedRegret: number;
  /** The largest over {@link DemandRisk.worstOver}; negative as above. */
  readonly worstRegret: number;
  /** False where it breaks a constraint of the problem, or is not on its menu. */
  readonly allowed: boolean;
}

/** Uncertain demand and its consequences. */
export interface DemandRisk {
  /** Tokens over the life: values that demand stays below with probability 0.1, 0.5, 0.9. */
  readonly demand: { readonly p10: number; readonly median: number; readonly p90: number };
  /** Tokens over the life between which worst regrets are sought: all scenarios; of a log-normal demand p1 to p99. */
  readonly worstOver: readonly [low: number, high: number];
  /** What it would be worth, on average, to know the demand before training; in what is paid. */
  readonly valueOfKnowing: number;
  readonly alternatives: readonly Alternative[];
}

/** The risk of `best`; undefined where demand is certain, or a budget and not a loss is the goal. */
export function demandRisk(compiled: Compiled, best: Solution): DemandRisk | undefined {
  const { demand, goal, limits, menu } = compiled;
  if (demand.outcomes.length < 2 || goal.kind !== 'loss') return undefined;
  const { outcomes, quantile, range } = demand;
  const paid = (size: Size, factor: number): number => {
    const { training, prefill, decode } = costOf(compiled.costs.paid, size.N, size.D);
    return training + factor * (prefill + decode);
  };
  const leastAt = (factor: number): number => optimum(atDemand(compiled, factor)).cost;
  const least = outcomes.map(({ factor }) => leastAt(factor));
  const leastAtEnds = range.map(leastAt);
  const worst = (size: Size): number =>
    range.reduce((most, factor, i) => Math.max(most, paid(size, factor) - leastAtEnds[i]!), Number.NEGATIVE_INFINITY);
  const sizes: [Alternative['name'], Size][] = [
    ['least-expected-cost', best],
    ['low-demand', optimum(atDemand(compiled, quantile(0.1)))],
    ['median-demand', optimum(atDemand(compiled, quantile(0.5)))],
    ['high-demand', optimum(atDemand(compiled, quantile(0.9)))],
    ['least-worst-regret', leastWorst(compiled, worst)],
    ['chinchilla', chinchillaStyle(compiled.surface, best.loss)],
  ];
  const alternatives = sizes.map(([name, size]): Alternative => {
    const { N, D } = size;
    const allowed = limits.every((limit) => isKept(limit, N, D)) && (!menu || menu.includes(N));
    const expected = outcomes.reduce(
      (sum, { factor, probability }, i) => sum + probability * (paid(size, factor) - least[i]!),
      0,
    );
    // An allowed model is never cheaper than the cheapest one: below 0 is rounding.
    const regret = (value: number): number => (allowed ? Math.max(value, 0) : value);
    return {
      name,
      N,
      D,
      expectedCost: paid(size, 1),
      expectedRegret: regret(expected),
      worstRegret: regret(worst(size)),
      allowed,
    };
  });
  const { total } = demand;
  return {
    demand: { p10: total * quantile(0.1), median: total * quantile(0.5), p90: total * quantile(0.9) },
    worstOver: [total * range[0], total * range[1]],
    valueOfKnowing: alternatives[0]!.expectedRegret,
    alternatives,
  };
}

/** The problem with `factor` times the mean demand. */
export function atDemand(compiled: Compiled, factor: number): Compiled {
  const { training, serving } = compiled.scale;
  return { ...compiled, scale: { training, serving: serving * factor } };
}

/** The allowed model whose worst regret is least; it lies between those of the least and of the greatest demand. */
function leastWorst(compiled: Compiled, worst: (size: Size) => number): Size {
  const line = lineOf(compiled);
  const at = (x: number): Size => ({ N: Math.exp(x), D: line.tokens(x) });
  if (compiled.menu) {
    const sizes = compiled.menu.map((N) => ({ N, D: line.tokens(Math.log(N)) }));
    return sizes
      .filter(({ N, D }) => !Number.isNaN(D) && line.margins.every((margin) => margin(Math.log(N)) >= 0))
      .reduce((low, size) => (worst(size) < worst(low) ? size : low));
  }
  const [few, many] = compiled.demand.range.map((factor) => optimum(atDemand(compiled, factor)));
  const found = constrainedMinimum({
    ...line,
    low: Math.log(many!.N),
    high: Math.log(few!.N),
    value: (x) => worst(at(x)),
  });
  // Where one limit holds both ends there is nothing between them.
  return found ? at(found.x) : few!;
}
