/** Labels that do not collide: they are placed where they belong, then moved apart by as little as it takes. */

import { initializer, type RenderableMark, type ScaleFunctions, text } from '@observablehq/plot';
import { HALO } from './figure.ts';

/** A label at a point of the figure's scales. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Facet, where there are several. */
  readonly fx?: string;
}

/** Pixels from line to line. */
const LINE = 14;

/**
 * Labels to the right of their points, at least a line apart.
 *
 * @param labels - What to write, where, in units of the scales.
 * @param options - Any of Plot's text options.
 */
export function labelsAtEnd(labels: readonly Label[], options: object = {}): RenderableMark {
  return text(
    labels,
    initializer(
      {
        x: 'x',
        y: 'y',
        text: 'text',
        ...(labels.some(({ fx }) => fx !== undefined) && { fx: 'fx' }),
        textAnchor: 'start',
        dx: 6,
        ...HALO,
        ...options,
      },
      (data, facets, channels, scales: ScaleFunctions) => {
        const { value } = channels.y as unknown as { value: ArrayLike<number> };
        const y = Float64Array.from(value, (at) => Number(scales.y!(at)));
        for (const facet of facets) {
          const index = Array.from(facet);
          const apart = movedApart(
            index.map((i) => y[i]!),
            LINE,
          );
          index.forEach((i, k) => {
            y[i] = apart[k]!;
          });
        }
        return { data, facets, channels: { y: { value: y } } };
      },
    ),
  );
}

/**
 * Places at least `gap` apart, in the order of `wanted` and as near to it as can be: the least sum of squared moves, by pooling
 * neighbors that are too close (Ayer et al. 1955, isotonic regression).
 *
 * @param wanted - Places, in pixels.
 * @param gap - Least distance, in pixels.
 * @returns A place for each, in the same order.
 */
export function movedApart(wanted: readonly number[], gap: number): number[] {
  const order = wanted.map((_, i) => i).sort((i, j) => wanted[i]! - wanted[j]!);
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((i, rank) => {
    blocks.push({ sum: wanted[i]! - rank * gap, count: 1 });
    for (let k = blocks.length - 1; k > 0; k--) {
      const [before, last] = [blocks[k - 1]!, blocks[k]!];
      if (before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(k - 1, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const places = new Array<number>(wanted.length);
  let rank = 0;
  for (const { sum, count } of blocks) {
    for (let k = 0; k < count; k++, rank++) places[order[rank]!] = sum / count + rank * gap;
  }
  return places;
}

/** Pixels that a letter takes, about. */
const LETTER = 7;

/** What the colors mean: over the upper right corner, on one line. */
export function legend(entries: readonly (readonly [color: string, words: string])[]): RenderableMark[] {
  let right = 0;
  return entries.toReversed().map(([color, words]) => {
    const entry = `● ${words}`;
    const dx = right;
    right -= LETTER * entry.length + 12;
    return text([entry], {
      text: (line: string) => line,
      frameAnchor: 'top-right',
      lineAnchor: 'bottom',
      dx,
      dy: -14,
      fill: color,
    });
  });
}
