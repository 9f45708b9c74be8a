/**
 * Loss against training compute: a curve a size, the compute-optimal frontier under them, and the runs.
 *
 *     L(N, C / 6N)  at fixed N        min over N of L(N, C / 6N)
 *
 * As figure 3 of Hoffmann et al. 2022 (arXiv:2203.15556) and figure 1 of Kaplan et al. 2020 (arXiv:2001.08361).
 */

import { dot, line, text } from '@observablehq/plot';
import { computeOptimal } from '../allocate/compute-optimal.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import { ScalingLawsError } from '../errors.ts';
import type { Fit } from '../fit/fit.ts';
import { rowsOf } from '../fit/rows-of.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { sameLossUnit } from '../loss-unit.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import { surfaceOf } from '../predict/surface.ts';
import type { Runs } from '../runs/runs.ts';
import { drawnCount as count, plural, powerOfTen, short } from '../words.ts';
import { type Figure, figure, INK, logLossAxis, MAGNITUDE, PAPER, powerAxis } from './figure.ts';
import { geometric, someOf, widened } from './geometric.ts';
import { labelsAtEnd, legend } from './labels.ts';

/** FLOPs, where neither runs nor the law say where to look. */
const SOMEWHERE: Span = [1e18, 1e24];
const POINTS = 80;
const MOST_SIZES = 7;
/** How far the figure goes beyond the runs, as a factor of compute. */
const BEYOND = 10;

/**
 * Loss against training FLOPs.
 *
 * @param law - Fitted or published law that reads N and D.
 * @param runs - Runs to show beside it, e.g. those behind it; curves are then of their sizes.
 * @returns Options for `Plot.plot`. Runs and curves are colored by size, rows that the filters of a fit left out are hollow; the frontier is
 *   dashed beyond the runs behind the law.
 * @throws {ScalingLawsError} `E_NO_OPTIMUM` if the law has no frontier. @throws {ScalingLawsError} As `predictor`.
 * @example
 * lossByCompute(publishedLaws.sardana2024).x?.type // => 'log'
 */
export function lossByCompute(law: FittedLaw<string>, runs?: Runs): Figure {
  const surface = surfaceOf(law);
  const seen = runs ? spanOf(runs.C) : law.fittedRange?.C;
  const C = seen ? ([seen[0] / 1.5, seen[1] * BEYOND] as const) : SOMEWHERE;
  const frontier = geometric(C, POINTS).map((at) => ({ C: at, ...computeOptimal(law, { C: at }) }));
  const sizes = runs ? someOf(runs.N, MOST_SIZES) : roundSizes([frontier[0]!.N, frontier.at(-1)!.N]);
  const top = runs ? spanOf(runs.loss)[1] * 1.02 : frontier[0]!.loss * 1.1;
  const curves = sizes.flatMap((N) =>
    geometric(C, POINTS)
      .map((at) => ({ N, C: at, loss: surface.loss(N, at / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N)) }))
      .filter(({ loss }) => loss <= top),
  );
  const points = runs ? pointsOf(runs) : [];
  const used = runs && usedRows(law, runs);
  const isFitted = (_: unknown, i: number): boolean => used?.has(runs!.row[i]!) ?? true;
  const [fitted, left] = [points.filter(isFitted), points.filter((point, i) => !isFitted(point, i))];
  const ends = sizes.flatMap((N) => curves.filter((point) => point.N === N).at(-1) ?? []);
  const inside = frontier.filter(({ C: at }) => at <= (law.fittedRange?.C[1] ?? at));
  const [first, last] = [frontier[0]!, frontier.at(-1)!];
  return figure(
    {
      marginRight: 58,
      x: powerAxis('Training compute (FLOPs)', C),
      y: logLossAxis([spanOf([last.loss, ...(runs?.loss ?? [])])[0] / 1.01, top]),
      color: MAGNITUDE,
      marks: [
        line(curves, { x: 'C', y: 'loss', z: 'N', stroke: 'N', strokeWidth: 1.5 }),
        dot(left, { x: 'C', y: 'loss', stroke: 'N', r: 2.5, fill: PAPER, strokeOpacity: 0.7 }),
        dot(fitted, { x: 'C', y: 'loss', fill: 'N', r: 3, stroke: INK, strokeWidth: 0.4 }),
        line(frontier, { x: 'C', y: 'loss', stroke: INK, strokeWidth: 2.5, strokeDasharray: '5,4' }),
        line(inside, { x: 'C', y: 'loss', stroke: INK, strokeWidth: 2.5 }),
        labelsAtEnd(ends.map(({ N, C: at, loss }) => ({ x: at, y: loss, text: count(N) }))),
        text([frontier[Math.round(POINTS * 0.4)]!], {
          x: 'C',
          y: 'loss',
          text: () => 'compute-optimal',
          textAnchor: 'end',
          dx: -8,
          dy: 8,
          fill: INK,
        }),
        ...(left.length > 0
          ? legend([
              [INK, `fitted (${fitted.length})`],
              [INK, `left out (${left.length})`, '○'],
            ])
          : []),
      ],
      ariaLabel: 'Loss against training compute',
      ariaDescription:
        `The compute-optimal loss falls from ${short(first.loss, 3)} nats per token at ${powerOfTen(first.C)} FLOPs (${count(first.N)} parameters) ` +
        `to ${short(last.loss, 3)} at ${powerOfTen(last.C)} (${count(last.N)}); above it a curve for each of ${plural(sizes.length, 'size')}, ` +
        `${count(sizes[0]!)} to ${count(sizes.at(-1)!)}${runs ? `, and ${plural(fitted.length, 'measurement')}${left.length > 0 ? ` beside ${left.length} that the fit left out` : ''}` : ''}.`,
    },
    sameLossUnit('the law and the runs', [law.lossUnit, runs?.lossUnit]),
  );
}

/** Source rows that a fit used, where these are the runs that it was made from. */
function usedRows(law: FittedLaw<string>, runs: Runs): ReadonlySet<number> | undefined {
  if (!('status' in law)) return undefined;
  try {
    return new Set(rowsOf(law as Fit<string>, runs).row);
  } catch (error) {
    if (error instanceof ScalingLawsError) return undefined;
    throw error;
  }
}

/** Sizes to one digit, evenly over a range. */
const roundSizes = (span: Span): number[] =>
  geometric(widened(span, 1), MOST_SIZES - 1).map((N) => Number(N.toPrecision(1)));

/** Rows as objects, which Plot's marks take. */
export function pointsOf({ length, N, D, C, loss }: Runs): { N: number; D: number; C: number; loss: number }[] {
  return Array.from({ length }, (_, i) => ({ N: N[i]!, D: D[i]!, C: C[i]!, loss: loss[i]! }));
}
