/** How flat the optimum is: the sizes at which the same loss costs hardly more. */

import { costOf } from '../allocate/cost.ts';
import type { Size } from '../allocate/frontier.ts';
import { isKept } from '../allocate/limit.ts';
import { SIZES } from '../allocate/optimum.ts';
import type { Span } from '../numeric/span.ts';
import type { Compiled, Solution } from './solve.ts';

/** Sizes, parameters, around the optimum that reach its loss for a little more, all constraints kept. */
export interface FlatRegion {
  /** For at most 1% more. */
  readonly within1Percent: Span;
  /** For at most 5% more. */
  readonly within5Percent: Span;
}

const FIRST_STEP = 1e-3;
const HALVINGS = 40;

/** What a goal spares: the cost of training alone where that is the budget, else that of the whole life. */
export function spent({ costs, scale, goal }: Compiled, { N, D }: Size): number {
  const cost = costOf(costs.paid, N, D, scale);
  return goal.kind === 'training-budget' ? cost.training : cost.total;
}

/** The flat region around `best`. On a menu: the smallest and largest of its sizes that are within. */
export function flatRegion(compiled: Compiled, best: Solution): FlatRegion {
  const { surface, limits, menu } = compiled;
  const least = spent(compiled, best);
  const region = (share: number): Span => {
    const within = (N: number): boolean => {
      const D = surface.tokensFor(N, best.loss);
      return spent(compiled, { N, D }) <= least * (1 + share) && limits.every((limit) => isKept(limit, N, D));
    };
    if (!menu) return [lastWithin(best.N, -1, within), lastWithin(best.N, 1, within)];
    const sizes = [best.N, ...menu.filter(within)];
    return [Math.min(...sizes), Math.max(...sizes)];
  };
  return { within1Percent: region(0.01), within5Percent: region(0.05) };
}

/** The last size that is within, going down or up from `N`. */
function lastWithin(N: number, direction: -1 | 1, within: (N: number) => boolean): number {
  let inside = Math.log(N);
  let step = FIRST_STEP;
  const kept = (x: number): boolean => x >= SIZES.low && x <= SIZES.high && within(Math.exp(x));
  while (kept(inside + direction * step)) {
    inside += direction * step;
    step *= 2;
  }
  let outside = inside + direction * step;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (inside + outside) / 2;
    if (kept(middle)) inside = middle;
    else outside = middle;
  }
  return Math.exp(inside);
}
