/** From the state and the rows to what the page shows: the library, without a page. */

import {
  computeOptimal,
  type Filter,
  type Fit,
  fitScalingLaw,
  type PlanProblem,
  type Runs,
  type SearchOptions,
} from '../../src/index.ts';
import { RANGES, type State } from './state.ts';

/** While a slider moves: fewer starts and no hops. When it rests: the library's own search. */
export const QUICK: Partial<SearchOptions> = { starts: 8, hops: 0 };

/** The filters that the controls ask for. */
export function filtersOf({ early, finalOnly, dropTopLoss, ranges }: State): readonly Filter[] {
  return [
    ...(early > 0 ? [{ kind: 'exclude-early', fraction: early } as const] : []),
    ...(finalOnly ? [{ kind: 'final-only' } as const] : []),
    ...(dropTopLoss > 0 ? [{ kind: 'drop-top-loss', count: dropTopLoss } as const] : []),
    ...RANGES.flatMap((of): Filter[] => {
      const [min, max] = ranges[of];
      if (min === null && max === null) return [];
      return [{ kind: 'range', of, ...(min !== null && { min }), ...(max !== null && { max }) }];
    }),
  ];
}

/** The fit that the state asks for. */
export const fitOf = (runs: Runs, state: State, search: Partial<SearchOptions> = {}): Fit =>
  fitScalingLaw(runs, { filters: filtersOf(state), search });

/** Nats per token: the goal until another is set, the loss at ten times the largest run's compute. */
export const usualGoal = (fit: Fit): number =>
  Number(computeOptimal(fit, { C: 10 * fit.fittedRange.C[1] }).loss.toFixed(2));

/** The problem that the state poses; without its law. */
export function problemOf(fit: Fit, { loss, pay, demand, trainGpu, serveGpu }: State): Omit<PlanProblem, 'law'> {
  return {
    goal: { kind: 'loss', loss: loss ?? usualGoal(fit) },
    ...(demand > 0 && { demand: { tokens: demand } }),
    pay,
    ...(pay !== 'flops' && {
      training: { gpu: trainGpu },
      ...(demand > 0 && { serving: { gpu: serveGpu, view: { kind: 'flops' } } }),
    }),
  };
}
