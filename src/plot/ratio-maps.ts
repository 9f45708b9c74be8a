/**
 * What serving changes: cost, parameters and tokens of the best model over those of the Chinchilla-style model of the same loss, over two
 * numbers of the problem. Figure 1 of Sardana et al. 2024 (arXiv:2401.00448).
 */

import { rect } from '@observablehq/plot';
import { refusal } from '../errors.ts';
import { type Span, spanOf } from '../numeric/span.ts';
import type { Axis, AxisName, Sweep } from '../plan/sweep.ts';
import { drawnCount as count, powerOfTen, short } from '../words.ts';
import { countAxis, type Figure, figure, logLossAxis, powerAxis } from './figure.ts';
import { labelsWithRoom, legend } from './labels.ts';
import { panelTitles } from './panels.ts';

/** What an axis counts. */
const LABELS: Readonly<Record<AxisName, string>> = {
  loss: 'Loss (nats per token)',
  quality: 'Chinchilla-style size (parameters)',
  demand: 'Inference tokens',
  budget: 'Budget',
  'training-price': 'Training price ($ per GPU-hour)',
  'serving-price': 'Serving price ($ per GPU-hour)',
  'unique-tokens': 'Unique tokens',
};

const WIDTH = 900;
const HEIGHT = 340;
/** A scale of color spans this ratio at least, so that rounding is not painted. */
const LEAST_CHANGE = 1.05;
/** Colors of the scale's halves, as they are legible on light and on dark. */
const LESS = '#b35806';
const MORE = '#8073ac';
/** From here on the colors are too dark for dark numbers. */
const DARK = 0.62;
/** Pixels that a number takes. */
const NUMBER = { width: 36, height: 20 } as const;

/**
 * The three ratios of a sweep as heat maps.
 *
 * @param sweep - A sweep over two axes.
 * @returns Options for `Plot.plot`: a map each for cost, parameters and tokens, on one scale of color, with numbers on some cells. A cell
 *   without a plan is empty.
 * @throws {ScalingLawsError} `E_ARGUMENT` for a sweep over one axis, or without any plan.
 * @example
 * const axes = { x: { of: 'demand', values: [1e11, 1e12, 1e13] }, y: { of: 'quality', values: [1e9, 1e10, 1e11] } } as const;
 * ratioMaps(sweep({ law: publishedLaws.sardana2024, goal: { kind: 'loss', loss: 2 } }, axes)).fx?.domain // => ['FLOPs', 'parameters', 'tokens']
 */
export function ratioMaps(sweep: Sweep): Figure {
  const { x, y, ratios, unit } = sweep;
  if (!y) throw refusal('sweep', 'be over two axes', 'one');
  const maps = [
    { name: unit, ratio: ratios.cost },
    { name: 'parameters', ratio: ratios.N },
    { name: 'tokens', ratio: ratios.D },
  ];
  const [columns, rows] = [edgesOf(x), edgesOf(y)];
  const width = x.values.length;
  const cells = maps.flatMap(({ name, ratio }) =>
    ratio.flatMap((value, at) => {
      if (value === null) return [];
      const [i, j] = [at % width, Math.floor(at / width)];
      const { x: middle, x1: y1, x2: y2 } = rows[j]!;
      return [{ fx: name, ...columns[i]!, y: middle, y1, y2, ratio: value, text: short(value, 2) }];
    }),
  );
  if (cells.length === 0) throw refusal('sweep', 'be with a plan in some cell', 'none');
  const [low, high] = spanOf([...cells.map(({ ratio }) => ratio), 1 / LEAST_CHANGE, LEAST_CHANGE]);
  /** How near to the end of its color scale a ratio is, in [0, 1]. */
  const depth = (ratio: number): number => Math.log(ratio) / Math.log(ratio < 1 ? low : high);
  return figure(
    {
      width: WIDTH,
      height: HEIGHT,
      marginLeft: 70,
      marginRight: 16,
      marginTop: 56,
      fx: { domain: maps.map(({ name }) => name), axis: null, padding: 0.1 },
      // Three panels leave little room.
      x: axisOf(x, spanOfEdges(columns), 2),
      y: { ...axisOf(y, spanOfEdges(rows)), labelAnchor: 'top' },
      // Purple to orange: told apart by all eyes, and white in the middle is "no change".
      color: { type: 'diverging-log', scheme: 'PuOr', reverse: true, pivot: 1, symmetric: false, domain: [low, high] },
      marks: [
        rect(cells, { fx: 'fx', x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'ratio', inset: -0.25 }),
        labelsWithRoom(cells, NUMBER, {
          fill: ({ ratio }: { ratio: number }) => (depth(ratio) > DARK ? '#ffffff' : '#1b1f24'),
        }),
        panelTitles(maps.map(({ name }) => ({ fx: name, words: `${name}: best / Chinchilla` }))),
        ...legend(
          [
            [LESS, 'less than Chinchilla', '■'],
            [MORE, 'more', '■'],
          ],
          { fx: () => maps.at(-1)!.name, dy: -34 },
        ),
      ],
      ariaLabel: 'The best model over the Chinchilla-style model of the same loss',
      ariaDescription: `Over ${axisInWords(x)} and ${axisInWords(y)}: ${maps
        .map(({ name, ratio }) => {
          const [low, high] = spanOf(ratio.filter((value) => value !== null));
          return `${name} ${short(low, 2)} to ${short(high, 2)} times`;
        })
        .join(', ')}.`,
    },
    sweep.lossUnit,
  );
}

/** Where each cell begins, is labelled and ends: halfway to its neighbors, as logarithms go. */
function edgesOf({ values }: Axis): { x: number; x1: number; x2: number }[] {
  return values.map((value, i) => {
    const before = values[i - 1] ?? (values[i + 1] === undefined ? value / 2 : value ** 2 / values[i + 1]!);
    const after = values[i + 1] ?? (values[i - 1] === undefined ? value * 2 : value ** 2 / values[i - 1]!);
    return { x: value, x1: Math.sqrt(value * before), x2: Math.sqrt(value * after) };
  });
}

const spanOfEdges = (edges: readonly { readonly x1: number; readonly x2: number }[]): Span =>
  spanOf(edges.flatMap(({ x1, x2 }) => [x1, x2]));

const axisOf = ({ of }: Axis, span: Span, fewestTicks?: number) =>
  of === 'loss'
    ? logLossAxis(span, { grid: false })
    : of === 'budget'
      ? powerAxis(LABELS[of], span, fewestTicks)
      : countAxis(LABELS[of], span, fewestTicks);

function axisInWords({ of, values }: Axis): string {
  const word = of === 'loss' ? short : of === 'budget' ? powerOfTen : count;
  const [low, high] = spanOf(values);
  return `${of} ${word(low)} to ${word(high)}`;
}
