/**
 * The demand from which a smaller model pays: where its dearer training is made good by what it saves in serving.
 *
 *     training(N, D(N)) + t serving(N)  =  training(N_ch, D_ch) + t serving(N_ch),      N = share x N_ch,  the same loss
 */

import type { Size } from '../allocate/frontier.ts';
import { listOf, onlyKnown, positive, recordOf } from '../arguments.ts';
import { refusal } from '../errors.ts';
import { deepFreeze } from '../freeze.ts';
import { type Demand, lifeDemand } from '../inference/demand.ts';
import { lossOfQuality } from './axes.ts';
import { costOf } from './costs.ts';
import type { PlanProblem } from './problem.ts';
import { type Compiled, chinchillaStyle, compile } from './solve.ts';

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
export function breakEven(
  problem: PlanProblem,
  options: { readonly qualities: readonly number[]; readonly shares?: readonly number[] },
): readonly BreakEvenCurve[] {
  onlyKnown('options', options, ['qualities', 'shares']);
  const { qualities, shares = DEFAULT_SHARES } = options;
  const compiled = compile(withSomeDemand(problem));
  for (const [i, N] of listOf('qualities', qualities).entries()) positive(`qualities[${i}]`, 'parameters', N);
  for (const [i, share] of listOf('shares', shares).entries()) {
    if (typeof share === 'number' && share > 0 && share < 1) continue;
    throw refusal(`shares[${i}]`, 'be between 0 and 1', share);
  }
  const losses = qualities.map((N) => lossOfQuality(compiled, N));
  return deepFreeze(
    shares.map((share) => ({ share, points: losses.flatMap((loss) => pointAt(compiled, loss, share)) })),
  );
}

/** The problem for one token, or one request: of its demand only the split matters. */
function withSomeDemand(problem: PlanProblem): PlanProblem {
  const { demand = { tokens: 1 } } = recordOf('problem', problem);
  lifeDemand(demand);
  const some: Demand = 'tokens' in demand ? { ...demand, tokens: 1 } : { ...demand, requests: 1 };
  if (lifeDemand(some).total > 0) return { ...problem, demand: some };
  throw refusal('demand', 'be of requests that read or write some tokens', 'requests of none');
}

function pointAt(compiled: Compiled, loss: number, share: number): BreakEvenPoint[] {
  const { surface, costs, demand } = compiled;
  const chinchilla = chinchillaStyle(compiled, loss);
  const N = share * chinchilla.N;
  const D = surface.tokensFor(N, loss);
  if (Number.isNaN(D)) return [];
  const [small, large] = [costOf(costs.paid, N, D), costOf(costs.paid, chinchilla.N, chinchilla.D)];
  const saved = large.prefill + large.decode - small.prefill - small.decode;
  const lives = (small.training - large.training) / saved;
  return [{ N, D, loss, chinchilla, demand: saved > 0 ? lives * demand.total : null }];
}
