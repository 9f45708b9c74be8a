/**
 * Errors over two things that were chosen, as a map: color for the error, lines around the cells below 5, 10 and 15%, dashed lines of equal
 * training FLOPs, a ring around the cheapest cell below 10%. The figures of Choshen et al. 2024, arXiv:2410.11840.
 */

import { dot, line, link, rect, text } from '@observablehq/plot';
import { percent, powerOfTen, short } from '../words.ts';
import { type Figure, figure, INK } from './figure.ts';
import { legend } from './labels.ts';

/** One cell. */
export interface ErrorCell {
  /** Position among the values of either axis, from 0. */
  readonly x: number;
  readonly y: number;
  /** As a share; null where there is none. */
  readonly error: number | null;
  /** What its rows cost to train. */
  readonly flops?: number | undefined;
}

/** A map of its own. */
export interface ErrorPanel {
  readonly title: string;
  /** What stands along its own y, upwards. */
  readonly rows: readonly string[];
  readonly cells: readonly ErrorCell[];
  /** The cell to put a ring around, and what to say of it. */
  readonly cheapest?: { readonly x: number; readonly y: number; readonly words: string } | undefined;
}

/** What stands along an axis. */
export interface ErrorAxis {
  readonly label: string;
  readonly ticks: readonly string[];
}

/** Contours, as shares of loss: those of the paper's figures; wider for what is harder to reach. */
const LEVELS = [
  { level: 0.05, width: 3 },
  { level: 0.1, width: 2 },
  { level: 0.15, width: 1 },
] as const;
/** Errors from here on look alike, as in the paper's figures. */
const MOST = 0.35;
/** Panels beside each other. */
const ACROSS = 4;
const PANEL = { width: 260, height: 210 } as const;
/** Words along x of a small panel. */
const FEW_TICKS = 5;
const ALONE = { width: 720, height: 460 } as const;
/** Cells of a panel up to which each shows its number. */
const FEW_CELLS = 120;
/** Lines of equal FLOPs in a panel. */
const ISO_FLOPS = 3;

/**
 * Draws one panel or several.
 *
 * @param panels - One at least; each has its own values upwards and fills its own height.
 * @param x - What stands along all of them.
 */
export function errorMap(panels: readonly ErrorPanel[], x: ErrorAxis, yLabel: string, name: string): Figure {
  const across = Math.min(panels.length, ACROSS);
  const down = Math.ceil(panels.length / across);
  const one = panels.length === 1;
  const facets = panels.map((panel, k) => ({
    ...panel,
    fx: k % across,
    fy: Math.floor(k / across),
    height: 1 / panel.rows.length,
  }));
  const channels = { fx: 'fx', fy: 'fy' } as const;
  const size = one ? ALONE : { width: PANEL.width * across + 60, height: PANEL.height * down + 110 };
  const few = one && panels[0]!.cells.length <= FEW_CELLS;
  const cells = facets.flatMap(({ cells: own, fx, fy, height }) =>
    own.flatMap(({ x: i, y: j, error }) =>
      error === null
        ? []
        : [
            {
              ...{ fx, fy, x1: i, x2: i + 1, y1: j * height, y2: (j + 1) * height },
              ...{ x: i + 0.5, y: (j + 0.5) * height, error: Math.min(error, MOST), words: percent(error) },
            },
          ],
    ),
  );
  const edges = facets.flatMap(({ cells: own, fx, fy, height }) =>
    edgesOf(own).map(({ y1, y2, ...edge }) => ({ ...edge, y1: y1 * height, y2: y2 * height, fx, fy })),
  );
  const isoFlops = facets.flatMap(({ cells: own, fx, fy, height }) =>
    isoFlopsOf(own).flatMap(({ flops, points }, k) =>
      points.map(({ x: at, y }) => ({ x: at, y: y * height, fx, fy, flops, z: `${fx} ${fy} ${k}` })),
    ),
  );
  const ends = [...new Map(isoFlops.map((point) => [point.z, point])).values()];
  const rings = facets.flatMap(({ cheapest, fx, fy, height }) =>
    cheapest ? [{ x: cheapest.x + 0.5, y: (cheapest.y + 0.5) * height, fx, fy }] : [],
  );
  const rowTicks = facets.flatMap(({ rows, fx, fy, height }) =>
    rows.map((words, j) => ({ fx, fy, y: (j + 0.5) * height, words })),
  );
  return figure({
    ...size,
    marginLeft: 64,
    marginTop: one ? 64 : 84,
    marginBottom: 52,
    fx: { axis: null, padding: one ? 0 : 0.16 },
    fy: { axis: null, padding: one ? 0 : 0.3 },
    x: axisOf(x, one ? x.ticks.length : FEW_TICKS),
    y: { axis: null, domain: [0, 1] },
    color: { type: 'linear', scheme: 'viridis', reverse: true, domain: [0, MOST] },
    marks: [
      rect(cells, { ...channels, x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'error', inset: 0.5 }),
      text(rowTicks, { ...channels, y: 'y', text: 'words', frameAnchor: 'left', textAnchor: 'end', dx: -6, fill: INK }),
      text([yLabel], {
        fx: () => 0,
        fy: () => 0,
        text: (words: string) => words,
        frameAnchor: 'top-left',
        dx: -56,
        dy: one ? -44 : -62,
        fill: INK,
      }),
      line(isoFlops, { ...channels, x: 'x', y: 'y', z: 'z', stroke: '#ffffff', strokeWidth: 3, strokeOpacity: 0.7 }),
      line(isoFlops, {
        ...channels,
        x: 'x',
        y: 'y',
        z: 'z',
        stroke: '#1b1f24',
        strokeWidth: 1.2,
        strokeDasharray: '5,3',
      }),
      text(ends, {
        ...channels,
        x: 'x',
        y: 'y',
        text: ({ flops }: { flops: number }) => powerOfTen(flops),
        dy: few ? -16 : -7,
        stroke: '#ffffff',
        strokeWidth: 3,
        fill: '#1b1f24',
      }),
      link(edges, {
        ...channels,
        x1: 'x1',
        x2: 'x2',
        y1: 'y1',
        y2: 'y2',
        stroke: '#D55E00',
        strokeWidth: 'width',
        strokeLinecap: 'round',
      }),
      ...(few
        ? [
            text(cells, {
              ...channels,
              x: 'x',
              y: 'y',
              text: 'words',
              // The upper half of the scale is dark.
              fill: ({ error }: { error: number }) => (error > MOST / 2 ? '#ffffff' : '#1b1f24'),
            }),
          ]
        : []),
      dot(rings, { ...channels, x: 'x', y: 'y', r: few ? 19 : 7, stroke: '#D55E00', strokeWidth: 2.5 }),
      text(facets, {
        ...channels,
        text: ({ title, cheapest }: ErrorPanel) => (cheapest ? `${title}${one ? ': ' : '\n'}${cheapest.words}` : title),
        frameAnchor: 'top-left',
        lineAnchor: 'bottom',
        dy: -6,
        fill: INK,
      }),
      ...legend(
        [
          ['#D55E00', '5, 10, 15%: thick to thin', '━'],
          [INK, 'equal training FLOPs', '╌'],
          ['#D55E00', 'cheapest below 10%', '○'],
        ].slice(0, ends.length > 0 ? 3 : 1) as [string, string, string][],
        { fx: () => across - 1, fy: () => 0, dy: one ? -40 : -62 },
      ),
    ],
    ariaLabel: name,
    ariaDescription: facets
      .map(({ title, cells: own, cheapest }) => {
        const errors = own.flatMap(({ error }) => (error === null ? [] : [error]));
        const span = `${percent(Math.min(...errors))} to ${percent(Math.max(...errors))}`;
        return `${title}: errors from ${span}${cheapest ? `; ${cheapest.words}` : ''}`;
      })
      .join('. ')
      .concat(`. Over ${x.label.toLowerCase()} (${x.ticks.join(', ')}) and ${yLabel.toLowerCase()}.`),
  });
}

/** Cells of width 1, the words of each in its middle. */
const axisOf = ({ label, ticks }: ErrorAxis, most: number) => ({
  domain: [0, ticks.length],
  ticks: ticks.map((_, k) => k + 0.5).filter((_, k) => (ticks.length - 1 - k) % Math.ceil(ticks.length / most) === 0),
  tickFormat: (at: number) => ticks[at - 0.5] ?? '',
  tickSize: 0,
  label,
  labelAnchor: 'center' as const,
  labelArrow: 'none' as const,
});

/** Sides of cells that part those at a level or below it from those above. */
function edgesOf(
  cells: readonly ErrorCell[],
): readonly { x1: number; x2: number; y1: number; y2: number; width: number }[] {
  const at = new Map(cells.map((cell) => [`${cell.x} ${cell.y}`, cell]));
  const isBelow = (cell: ErrorCell | undefined, level: number): boolean | undefined =>
    cell === undefined || cell.error === null ? undefined : cell.error <= level;
  return cells.flatMap((cell) =>
    LEVELS.flatMap(({ level, width }) => {
      const { x, y } = cell;
      const right = at.get(`${x + 1} ${y}`);
      const above = at.get(`${x} ${y + 1}`);
      const differs = (other: ErrorCell | undefined): boolean => {
        const [one, two] = [isBelow(cell, level), isBelow(other, level)];
        return one !== undefined && two !== undefined && one !== two;
      };
      return [
        ...(differs(right) ? [{ x1: x + 1, x2: x + 1, y1: y, y2: y + 1, width }] : []),
        ...(differs(above) ? [{ x1: x, x2: x + 1, y1: y + 1, y2: y + 1, width }] : []),
      ];
    }),
  );
}

/** Lines of equal FLOPs: where in each row of cells, between two of them, a power of ten is spent. */
function isoFlopsOf(cells: readonly ErrorCell[]): readonly { flops: number; points: { x: number; y: number }[] }[] {
  const known = cells.filter((cell): cell is ErrorCell & { flops: number } => (cell.flops ?? 0) > 0);
  if (known.length === 0) return [];
  const logs = known.map(({ flops }) => Math.log10(flops));
  const [low, high] = [Math.ceil(Math.min(...logs)), Math.floor(Math.max(...logs))];
  const step = Math.max(1, Math.ceil((high - low + 1) / ISO_FLOPS));
  const powers = Array.from({ length: Math.max(high - low + 1, 0) }, (_, k) => low + k).filter(
    (_, k) => k % step === 0,
  );
  const rows = [...new Set(known.map(({ y }) => y))].sort((a, b) => a - b);
  return powers.flatMap((power) => {
    const points = rows.flatMap((y) => {
      const row = known.filter((cell) => cell.y === y).sort((a, b) => a.x - b.x);
      for (let k = 1; k < row.length; k++) {
        const [before, after] = [Math.log10(row[k - 1]!.flops), Math.log10(row[k]!.flops)];
        if (before <= power && power < after) {
          const along = (power - before) / (after - before);
          return [{ x: row[k - 1]!.x + 0.5 + along * (row[k]!.x - row[k - 1]!.x), y: y + 0.5 }];
        }
      }
      return [];
    });
    return points.length > 1 ? [{ flops: 10 ** power, points }] : [];
  });
}

/** `1.2e21 FLOPs`, as a label. */
export const flopsInWords = (flops: number): string => {
  const power = Math.floor(Math.log10(flops));
  return `${short(flops / 10 ** power, 2)}e${power} FLOPs`;
};
