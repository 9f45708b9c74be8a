/**
 * Approach 1 of Hoffmann et al. 2022 (arXiv:2203.15556, section 3.1): the envelope of training curves.
 *
 *     at each of 1,500 budgets C   the run of lowest loss gives N* and D*
 *     through them                 N* = k C^a,   D* = k' C^b
 *
 * Between its checkpoints, the ln loss of a run follows Akima's curve over ln C, and ln D a straight line. Nothing is smoothed:
 * smooth noisy losses before, because the lowest of many is also the luckiest.
 *
 * A checkpoint before the end of its schedule lies above the law (their appendix B), so that a run counts at its end, or not at all:
 * their own selected points lie in the last 15% of the runs. Approach 1 needs several lengths of each size.
 */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { deepFreeze } from '../freeze.ts';
import { fewSizes } from '../judge/design.ts';
import type { Span } from '../numeric/span.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { percent } from '../words.ts';
import { type Frontier, frontierThrough } from './power-law.ts';
import {
  type Approach1Options,
  approach1Options,
  type EnvelopePoint,
  envelope,
  trainingCurves,
} from './training-curves.ts';

/** What approach 1 found. */
export interface Approach1 {
  readonly frontier: Frontier;
  readonly points: readonly EnvelopePoint[];
  /** FLOPs over which two sizes or more could be compared. */
  readonly range: Span;
  /** Share of the points in the last 15% of their run. */
  readonly nearEnd: number;
  /** Share of the points at which the smallest or the largest size at hand was chosen. */
  readonly atEdge: number;
  readonly warnings: readonly Finding[];
}

/** Where Hoffmann's points lie. */
const NEAR_END = 0.85;
const MOST = 0.5;

/**
 * Fits approach 1.
 *
 * @param runs - Checkpoints, with a run column; C rises along a run.
 * @param options - Number of budgets, and how much of a run counts.
 * @returns Power laws for N* and D*, the points chosen, and what to beware of. Frozen.
 * @throws {ScalingLawsError} `E_UNDEFINED` if no two sizes have checkpoints at the same compute; `E_OPTION`, `E_ARGUMENT`.
 * @example
 * const layout = { kind: 'grid', N: [1e8, 2e8, 4e8], D: [8e9, 16e9] } as const;
 * const runs = simulateRuns({ law: publishedLaws.hoffmann2022, layout, checkpoints: 20, noise: 0, seed: 1 });
 * approach1(runs, { budgets: 100 }).points.length <= 100 // => true
 * @see Hoffmann et al. (2022), arXiv:2203.15556, section 3.1.
 */
export function approach1(runs: Runs, options: Approach1Options = {}): Approach1 {
  const curves = trainingCurves(runs, check(approach1Options, options));
  const points = envelope(curves, curves.all);
  const frontier = frontierThrough(points);
  if (!frontier) {
    throw new ScalingLawsError(
      'E_UNDEFINED',
      'approach 1 must have two sizes with several checkpoints each at the same compute, got none',
      {},
    );
  }
  const nearEnd = points.filter(({ fraction }) => fraction >= NEAR_END).length / points.length;
  const atEdge = points.filter(({ edge }) => edge).length / points.length;
  return deepFreeze({
    frontier,
    points: points.map(({ edge, ...point }) => point),
    range: [points[0]!.C, points.at(-1)!.C] as const,
    nearEnd,
    atEdge,
    warnings: [...runs.warnings, ...warningsOf(new Set(points.map(({ N }) => N)).size, nearEnd, atEdge)],
  });
}

function warningsOf(sizes: number, nearEnd: number, atEdge: number): Finding[] {
  const midRun =
    `${percent(1 - nearEnd)} of the points of the envelope lie before the last 15% of their run: where a learning rate had still to come ` +
    'down, their losses are too high for their tokens.';
  const edge = `At ${percent(atEdge)} of the points of the envelope, the best size is the smallest or the largest at hand: a better one may lie beyond.`;
  return [
    ...fewSizes(sizes),
    ...(nearEnd < MOST
      ? [finding('W_MID_RUN', midRun, { advice: ['Leave them out with ', { option: 'lastShare', value: 0.15 }, '.'] })]
      : []),
    ...(atEdge > MOST
      ? [finding('W_ENVELOPE_EDGE', edge, { about: ['columns.N'], advice: 'Train sizes beyond it.' })]
      : []),
  ];
}
