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

/** Pixels that a letter takes, about. */
const LETTER = 7;

/**
 * Labels to the right of their points; those that would run into each other are moved apart, up and down.
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
        const pixels = (of: 'x' | 'y'): Float64Array =>
          Float64Array.from((channels[of] as unknown as { value: ArrayLike<number> }).value, (at) =>
            Number(scales[of]!(at)),
          );
        const [x, y] = [pixels('x'), pixels('y')];
        for (const facet of facets) {
          for (const beside of columnsOf(Array.from(facet), x, labels)) {
            const apart = movedApart(
              beside.map((i) => y[i]!),
              LINE,
            );
            beside.forEach((i, k) => {
              y[i] = apart[k]!;
            });
          }
        }
        return { data, facets, channels: { y: { value: y } } };
      },
    ),
  );
}

/**
 * Numbers in a crowd: each in the middle of its point, but only where it has room within its panel and beside those before it.
 *
 * @param labels - What to write, where, in units of the scales.
 * @param room - Pixels that each takes.
 * @param options - Any of Plot's text options.
 */
export function labelsWithRoom(
  labels: readonly Label[],
  room: { readonly width: number; readonly height: number },
  options: object = {},
): RenderableMark {
  return text(
    labels,
    initializer(
      { x: 'x', y: 'y', text: 'text', fx: 'fx', ...options },
      (data, facets, channels, scales: ScaleFunctions, dimensions) => {
        const { width, height, marginLeft, marginRight, marginTop, marginBottom } = dimensions;
        const values = (of: 'x' | 'y'): ArrayLike<number> =>
          (channels[of] as unknown as { value: ArrayLike<number> }).value;
        const at = (i: number): readonly [x: number, y: number] => [
          Number(scales.x!(values('x')[i]!)),
          Number(scales.y!(values('y')[i]!)),
        ];
        const fits = ([x, y]: readonly [number, number]): boolean =>
          Math.min(x - marginLeft, width - marginRight - x) >= room.width / 2 &&
          Math.min(y - marginTop, height - marginBottom - y) >= room.height / 2;
        const shown = facets.map((facet) => {
          const placed: (readonly [x: number, y: number])[] = [];
          return Array.from(facet).filter((i) => {
            const [x, y] = at(i);
            const free = placed.every(
              ([otherX, otherY]) => Math.abs(otherX - x) >= room.width || Math.abs(otherY - y) >= room.height,
            );
            if (!free || !fits([x, y])) return false;
            placed.push([x, y]);
            return true;
          });
        });
        return { data, facets: shown };
      },
    ),
  );
}

/** Labels in groups that stand over each other; between groups there is room. */
function columnsOf(index: readonly number[], x: Float64Array, labels: readonly Label[]): number[][] {
  const columns: number[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const i of index.toSorted((one, two) => x[one]! - x[two]!)) {
    if (x[i]! > end) columns.push([]);
    columns.at(-1)!.push(i);
    end = Math.max(end, x[i]! + LETTER * labels[i]!.text.length);
  }
  return columns;
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

/** What colors and signs mean: over the upper right corner, on one line; `options` are any of Plot's for text. */
export function legend(
  entries: readonly (readonly [color: string, words: string, sign?: string])[],
  options: object = {},
): RenderableMark[] {
  let right = 0;
  return entries.toReversed().map(([color, words, sign = '●']) => {
    const entry = `${sign} ${words}`;
    const dx = right;
    right -= LETTER * entry.length + 12;
    return text([entry], {
      text: (line: string) => line,
      frameAnchor: 'top-right',
      lineAnchor: 'bottom',
      dx,
      dy: -14,
      fill: color,
      ...options,
    });
  });
}
