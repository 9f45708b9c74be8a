/**
 * The demand from which a smaller model pays: where its dearer training is made good by what it saves in serving.
 *
 *     training(N, D(N)) + t serving(N)  =  training(N_ch, D_ch) + t serving(N_ch),      N = share x N_ch,  the same loss
 */

import { costOf } from '../allocate/cost.ts';
import type { Size } from '../allocate/frontier.ts';
import { chinchillaStyle } from '../allocate/optimum.ts';
import { refusal } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { demandField } from '../inference/demand.ts';
import { check } from '../schema/check.ts';
import { inside, list, positive } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { lossOfQuality } from './axes.ts';
import type { PlanProblem } from './problem.ts';
import { type Compiled, compile } from './solve.ts';

/** A model smaller than the Chinchilla-style one of its loss. */
export interface BreakEvenPoint extends Size {
  /** Nats per token. */
  readonly loss: number;
  /** The Chinchilla-style model of that loss. */
  readonly chinchilla: Size;
  /** Tokens over the life from which the smaller model is the cheaper; null if it never is. */
  readonly demand: number | null;
}

/** Points of one share of size. */
export interface BreakEvenCurve {
  /** Size over that of the Chinchilla-style model. */
  readonly share: number;
  readonly points: readonly BreakEvenPoint[];
}

/** Sizes that curves are made for, as shares of the Chinchilla-style size. */
export const DEFAULT_SHARES: readonly number[] = Object.freeze([0.75, 0.5, 0.25]);

const breakEvenOptions = object('options', {
  qualities: list(positive('parameters'), { help: 'Losses, by the compute-optimal models that have them.' }),
  shares: optional(
    list(inside(), { help: 'Sizes over those of the compute-optimal models.', placeholder: 'shares' }),
    DEFAULT_SHARES,
  ),
});

/**
 * Break-even demand of smaller models.
 *
 * @param problem - As for `plan`; its goal is not used, and of its demand only how it splits into reading and writing.
 * @param options.qualities - Losses, by the parameters of the compute-optimal models that have them.
 * @param options.shares - Sizes over those, in (0, 1); default {@link DEFAULT_SHARES}.
 * @returns A curve a share; sizes too small for the loss are left out of it.
 * @throws {ScalingLawsError} As `plan` for an ill-posed problem; `E_ARGUMENT` for a share or quality.
 * @example
 * const [half] = breakEven(
 *   { law: publishedLaws.sardana2024, goal: { kind: 'loss', loss: 2 } },
 *   { qualities: [13e9], shares: [0.5] },
 * );
 * half!.points[0]!.demand // => 7.188e11
 */
export function breakEven(problem: PlanProblem, options: Given<typeof breakEvenOptions>): readonly BreakEvenCurve[] {
  const { qualities, shares } = check(breakEvenOptions, options);
  const compiled = compile(withSomeDemand(problem));
  if (compiled.demand.total === 0) {
    throw refusal('demand', 'be of requests that read or write some tokens', 'requests of none');
  }
  const losses = qualities.map((N) => lossOfQuality(compiled, N));
  return deepFreeze(
    shares.map((share) => ({ share, points: losses.flatMap((loss) => pointAt(compiled, loss, share)) })),
  );
}

/** The problem for one token, or one request: of its demand only the split matters. */
function withSomeDemand(problem: PlanProblem): PlanProblem {
  if (!problem) return problem;
  const { tokens, requests, ...split } = check(demandField, problem.demand ?? { tokens: 1 }, 'demand');
  return { ...problem, demand: { ...split, ...(requests === undefined ? { tokens: 1 } : { requests: 1 }) } };
}

function pointAt({ surface, costs, demand }: Compiled, loss: number, share: number): BreakEvenPoint[] {
  const chinchilla = chinchillaStyle(surface, loss);
  const N = share * chinchilla.N;
  const D = surface.tokensFor(N, loss);
  if (Number.isNaN(D)) return [];
  const [small, large] = [costOf(costs.paid, N, D), costOf(costs.paid, chinchilla.N, chinchilla.D)];
  const saved = large.prefill + large.decode - small.prefill - small.decode;
  const lives = (small.training - large.training) / saved;
  return [{ N, D, loss, chinchilla, demand: saved > 0 ? lives * demand.total : null }];
}
