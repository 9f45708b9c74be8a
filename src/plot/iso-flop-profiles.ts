/**
 * IsoFLOP profiles: at each training budget the loss of every size, the curve through them and its minimum.
 *
 * As figure 3 of Hoffmann et al. 2022 (arXiv:2203.15556), approach 2.
 */

import { dot, line } from '@observablehq/plot';
import {
  type Approach2,
  type Approach2Options,
  approach2,
  approach2Options,
  isoFlopRows,
} from '../approaches/approach2.ts';
import { DEFAULT_FLOPS_PER_PARAM_TOKEN } from '../constants.ts';
import type { FittedLaw } from '../laws/fitted-law.ts';
import { sameLossUnit } from '../loss-unit.ts';
import { akima } from '../numeric/akima.ts';
import { fitParabola } from '../numeric/parabola.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import { surfaceOf } from '../predict/surface.ts';
import type { Runs } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { drawnCount as count, listed, plural, powerOfTen } from '../words.ts';
import { countAxis, type Figure, figure, INK, lossAxis, MAGNITUDE, PAPER } from './figure.ts';
import { geometric, widened } from './geometric.ts';
import { labelsAtEnd, legend } from './labels.ts';

/** Options of approach 2, and what to draw beside it. */
export interface IsoFlopProfileOptions extends Approach2Options {
  /** A law whose own profiles to draw, dashed: where its minima are not those of the curves, one of the two is wrong. */
  readonly law?: FittedLaw<string>;
}

const POINTS = 60;

/**
 * Loss against size at each training budget.
 *
 * @param runs - As for `approach2`: final rows, several sizes at each of two budgets or more.
 * @param options - Those of `approach2`, and `law`.
 * @returns Options for `Plot.plot`. Each minimum is marked with its size; a budget without one has its points alone.
 * @throws {ScalingLawsError} As `approach2`.
 * @example
 * const layout = { kind: 'isoflop', C: [1e18, 1e19, 1e20], N: [3e7, 1e8, 3e8, 1e9, 3e9] } as const;
 * isoFlopProfiles(simulateRuns({ law: publishedLaws.sardana2024, layout, seed: 1 })).y?.label // => 'Loss (nats per token)'
 */
export function isoFlopProfiles(runs: Runs, { law, ...options }: IsoFlopProfileOptions = {}): Figure {
  const found = approach2(runs, options);
  const budgets = isoFlopRows(runs, check(approach2Options, options), found.dropped ? found.flags : []);
  const points = budgets.flatMap(({ C, rows }) => rows.map((i) => ({ C, N: runs.N[i]!, loss: runs.loss[i]! })));
  const curves = budgets.flatMap(({ C, rows }, k) =>
    found.budgets[k]!.minimum ? curveThrough(runs, rows, found).map((point) => ({ C, ...point })) : [],
  );
  const surface = law && surfaceOf(law);
  const byLaw = budgets.flatMap(({ C, rows }) =>
    surface && rows.length > 1
      ? geometric(spanOf(rows.map((i) => runs.N[i]!)), POINTS).map((N) => ({
          C,
          N,
          loss: surface.loss(N, C / (DEFAULT_FLOPS_PER_PARAM_TOKEN * N)),
        }))
      : [],
  );
  const minima = found.budgets.flatMap(({ minimum }) => minimum ?? []);
  const ends = budgets.flatMap(({ C, rows }) => points.filter((point) => point.C === C).at(rows.length - 1) ?? []);
  const a = found.frontier.N.exponent;
  const name = found.curve === 'parabola' ? 'parabola' : 'Akima curve';
  const without = budgets.filter((_, k) => !found.budgets[k]!.minimum).map(({ C }) => powerOfTen(C));
  const [least, most] = [minima[0]!, minima.at(-1)!];
  return figure(
    {
      marginRight: 82,
      x: countAxis('Model size (parameters)', widened(spanOf(runs.N), 1.1)),
      y: lossAxis(),
      // Room for the size under the lowest minimum.
      insetBottom: 22,
      color: MAGNITUDE,
      marks: [
        line(byLaw, { x: 'N', y: 'loss', z: 'C', stroke: 'C', strokeWidth: 1.2, strokeDasharray: '2,3' }),
        line(curves, { x: 'N', y: 'loss', z: 'C', stroke: 'C', strokeWidth: 1.5 }),
        line(minima, { x: 'N', y: 'loss', stroke: INK, strokeDasharray: '5,4', strokeWidth: 1 }),
        dot(points, { x: 'N', y: 'loss', fill: 'C', r: 3 }),
        labelsAtEnd(ends.map(({ C, N, loss }) => ({ x: N, y: loss, text: powerOfTen(C) }))),
        labelsAtEnd(
          minima.map(({ N, loss }) => ({ x: N, y: loss, text: count(N) })),
          { textAnchor: 'middle', dx: 0, dy: 16 },
        ),
        dot(minima, { x: 'N', y: 'loss', symbol: 'diamond', r: 5, fill: INK, stroke: PAPER }),
        ...legend([[INK, name, '━'], ...(surface ? [[INK, 'law', '┅'] as const] : []), [INK, 'minimum', '◆']]),
      ],
      ariaLabel: 'IsoFLOP profiles',
      ariaDescription:
        `Loss against model size at ${plural(budgets.length, 'training budget')}, ${powerOfTen(budgets[0]!.C)} to ${powerOfTen(budgets.at(-1)!.C)} FLOPs, ` +
        `with the minimum of the ${name} through each${without.length > 0 ? ` but ${listed(without)}, which has none` : ''}: the best size grows from ${count(least.N)} parameters ` +
        `at ${powerOfTen(least.C)} FLOPs to ${count(most.N)} at ${powerOfTen(most.C)}, as C to the power ${a.toFixed(2)}.`,
    },
    sameLossUnit('the law and the runs', [law?.lossUnit, runs.lossUnit]),
  );
}

/** The curve that approach 2 drew through the rows of a budget. */
function curveThrough(
  { N, loss }: Runs,
  rows: readonly number[],
  { curve }: Pick<Approach2, 'curve'>,
): { N: number; loss: number }[] {
  const span: Span = spanOf(rows.map((i) => N[i]!));
  const different = rows.filter((i, k) => k === 0 || N[i] !== N[rows[k - 1]!]);
  const through = curve === 'parabola' ? rows : different;
  const x = through.map((i) => Math.log(N[i]!));
  const y = through.map((i) => loss[i]!);
  const parabola = curve === 'parabola' ? fitParabola(x, y) : undefined;
  const smooth = parabola ? undefined : akima(x, y);
  return geometric(span, POINTS).map((at) => {
    const t = Math.log(at) - (parabola?.centre ?? 0);
    return {
      N: at,
      loss: parabola ? parabola.constant + t * (parabola.slope + t * parabola.curvature) : smooth!.at(t),
    };
  });
}
