/**
 * The plane of sizes and tokens: lines of equal loss, the compute-optimal frontier across them, runs, and an optimum.
 *
 * As the contours of figure 4 of Hoffmann et al. 2022 (arXiv:2203.15556).
 */

import { dot, line, text } from '@observablehq/plot';
import { computeOptimal } from '../allocate/compute-optimal.ts';
import type { Size } from '../allocate/frontier.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { sameLossUnit } from '../loss-unit.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import { surfaceOf } from '../predict/surface.ts';
import { runsField } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { custom } from '../schema/fields.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { drawnCount as count, plural, short } from '../words.ts';
import { countAxis, type Figure, figure, HALO, HUE, INK, PAPER } from './figure.ts';
import { geometric, widened } from './geometric.ts';
import { legend } from './labels.ts';

/** What to show beside the law. */
export const lossSurfaceOptions = object('loss surface options', {
  runs: optional(runsField),
  optimum: optional(
    custom<Size>(
      'be a model with N parameters and D tokens',
      (value) => typeof value === 'object' && value !== null && 'N' in value && 'D' in value,
      { help: 'Model to mark: an answer of computeOptimal, inferenceOptimal or plan.' },
    ),
  ),
});

/** What to show beside the law. */
export type LossSurfaceOptions = Given<typeof lossSurfaceOptions>;

/** Where neither runs nor the law say where to look: parameters, tokens. */
const SOMEWHERE = { N: [1e8, 1e12], D: [1e9, 1e13] } as const;
const LINES = 9;
const POINTS = 120;

/**
 * Lines of equal loss over parameters and tokens.
 *
 * @param law - Fitted or published law that reads N and D.
 * @param options - Runs and an optimum to show.
 * @returns Options for `Plot.plot`.
 * @throws {ScalingLawsError} `E_NO_OPTIMUM` if the law has no frontier. @throws {ScalingLawsError} As `predictor`.
 * @example
 * const law = publishedLaws.sardana2024;
 * lossSurface(law, { optimum: computeOptimal(law, { C: 1e24 }) }).ariaLabel // => 'Loss over parameters and tokens'
 */
export function lossSurface(law: FittedLaw<string>, options: LossSurfaceOptions = {}): Figure {
  const { runs, optimum } = check(lossSurfaceOptions, options);
  const surface = surfaceOf(law);
  const seen = runs ? { N: spanOf(runs.N), D: spanOf(runs.D) } : (law.fittedRange ?? SOMEWHERE);
  const span = (of: 'N' | 'D'): Span => widened(spanOf([...seen[of], ...(optimum ? [optimum[of]] : [])]), 2);
  const [N, D] = [span('N'), span('D')];
  const k = DEFAULT_FLOPS_PER_PARAM_TOKEN;
  const frontier = geometric([k * N[0] * D[0], k * N[1] * D[1]], POINTS)
    .map((C) => computeOptimal(law, { C }))
    .filter((at) => within(at, N, D));
  const marked = geometric(
    [0, frontier.length - 1].map((i) => frontier[i]!.trainingFlops) as [number, number],
    LINES + 2,
  )
    .slice(1, -1)
    .map((C) => Number(computeOptimal(law, { C }).loss.toFixed(2)));
  const losses = [...new Set(marked)];
  const lines = losses.flatMap((loss) =>
    geometric(N, POINTS)
      .map((size) => ({ loss, N: size, D: surface.tokensFor(size, loss) }))
      .filter((at) => within(at, N, D)),
  );
  const labels = losses
    .map((loss) => ({ ...computeOptimal(law, { loss }), text: short(loss) }))
    .filter((at) => !optimum || !(isNear(at.N, optimum.N) && isNear(at.D, optimum.D)));
  const rows = Array.from({ length: runs?.length ?? 0 }, (_, i) => ({ N: runs!.N[i]!, D: runs!.D[i]! }));
  const best = optimum && { ...optimum, loss: surface.loss(optimum.N, optimum.D) };
  return figure(
    {
      x: countAxis('Model size (parameters)', N),
      y: { ...countAxis('Training tokens', D), labelAnchor: 'top' },
      color: { type: 'linear', scheme: 'viridis', range: [0.8, 0.25] },
      marks: [
        line(lines, { x: 'N', y: 'D', z: 'loss', stroke: 'loss', strokeWidth: 1.5 }),
        line(frontier, { x: 'N', y: 'D', stroke: INK, strokeWidth: 2.5 }),
        dot(rows, { x: 'N', y: 'D', r: 2.5, stroke: INK, fill: PAPER }),
        text(labels, { x: 'N', y: 'D', text: 'text', textAnchor: 'end', dx: -5, dy: -7, ...HALO }),
        ...(best
          ? [
              dot([best], { x: 'N', y: 'D', symbol: 'star', r: 8, fill: HUE.vermillion, stroke: PAPER }),
              text([best], { x: 'N', y: 'D', text: () => sizeInWords(best), dy: 18, ...HALO, fontWeight: 'bold' }),
            ]
          : []),
        ...legend([...(rows.length > 0 ? [[INK, 'run', '○'] as const] : []), [INK, 'compute-optimal', '━']]),
      ],
      ariaLabel: 'Loss over parameters and tokens',
      ariaDescription:
        `Lines of equal loss from ${short(losses[0]!)} to ${short(losses.at(-1)!)} nats per token over ${count(N[0])} to ${count(N[1])} parameters and ` +
        `${count(D[0])} to ${count(D[1])} tokens, with the compute-optimal frontier` +
        `${rows.length > 0 ? `, ${plural(rows.length, 'run')}` : ''}${best ? `, and a model of ${sizeInWords(best)} tokens with loss ${short(best.loss)}` : ''}.`,
    },
    sameLossUnit('the law and the runs', [law.lossUnit, options.runs?.lossUnit]),
  );
}

const within = (at: Size, [lowN, highN]: Span, [lowD, highD]: Span): boolean =>
  at.N >= lowN && at.N <= highN && at.D >= lowD && at.D <= highD;

/** Too near for two labels. */
const isNear = (one: number, two: number): boolean => Math.abs(Math.log(one / two)) < 0.3;

const sizeInWords = ({ N, D }: Size): string => `${count(N)} on ${count(D)}`;
