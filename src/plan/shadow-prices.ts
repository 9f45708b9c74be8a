/**
 * What a constraint costs: how much the optimum would gain if its limit were a little looser, by solving again with a looser limit, and a
 * tighter one.
 */

import type { LimitName } from '../allocate/limit.ts';
import { ScalingLawsError } from '../errors.ts';
import { loosened } from './limits.ts';
import { type Compiled, type Solution, solve } from './solve.ts';

/** A limit that holds the optimum, and its price. */
export interface BindingConstraint {
  readonly constraint: LimitName;
  readonly limit: number;
  readonly unit: string;
  /** What a looser limit would spare: cost, in what is paid; or, under a budget, loss, nats per token. */
  readonly spares: 'cost' | 'loss';
  /**
   * What one more unit of the limit would spare, at the margin: a limit far off is worth less.
   */
  readonly shadowPrice: number;
  /** What a limit 1% looser would spare. */
  readonly perPercent: number;
}

/** Relative step of the limit, on either side. Small enough for a derivative, large enough to stand above the search's rounding. */
const STEP = 1e-3;

/** The limits that hold `best`, each with its price. */
export function shadowPrices(compiled: Compiled, best: Solution): BindingConstraint[] {
  const spares = compiled.goal.kind === 'loss' ? 'cost' : 'loss';
  return best.held.map((held) => {
    const at = (by: number): number =>
      solve({
        ...compiled,
        limits: compiled.limits.map((limit) => (limit === held ? loosened(limit, by) : limit)),
      })[spares];
    const tighter = orUndefined(() => at(-STEP));
    return {
      constraint: held.name,
      limit: held.limit,
      unit: held.unit,
      spares,
      // A central difference, unless nothing is left on the tight side.
      shadowPrice: ((tighter ?? best[spares]) - at(STEP)) / ((tighter === undefined ? 1 : 2) * STEP * held.limit),
      perPercent: best[spares] - at(0.01),
    };
  });
}

/** What `work` gives, if there is an answer. */
export function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScalingLawsError) return undefined;
    throw error;
  }
}
