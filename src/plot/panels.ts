/**
 * Small panels side by side, each with a scale of its own, in one figure. Plot's facets share their scales, so values are put on [0, 1] by
 * panel, and the ticks are written here.
 */

import { type RenderableMark, ruleX, text } from '@observablehq/plot';
import { type Span, spanOf } from '../numeric/span.ts';
import { HALO, INK, logTicks } from './figure.ts';

/** A scale from values to [0, 1]. */
export interface Panel {
  readonly name: string;
  readonly domain: Span;
  /** 0 at the low end of the domain, 1 at the high end. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  readonly word: (value: number) => string;
}

/** From this ratio of largest to smallest on, a panel is logarithmic. */
const WIDE = 20;
const MARGIN = 0.06;

/**
 * A panel for values.
 *
 * @param name - Its facet.
 * @param values - Finite numbers, one at least.
 * @param word - How ticks are written.
 */
export function panelOf(name: string, values: readonly number[], word: (value: number) => string): Panel {
  const [low, high] = spanOf(values);
  const isLog = low > 0 && high / low > WIDE;
  const [through, back] = isLog ? [Math.log, Math.exp] : [(value: number) => value, (value: number) => value];
  const width = through(high) - through(low) || Math.abs(through(low)) * 0.2 || 1;
  const [from, to] = [through(low) - MARGIN * width, through(high) + MARGIN * width];
  const domain: Span = [back(from), back(to)];
  const at = (value: number): number => (through(value) - from) / (to - from);
  return {
    name,
    domain,
    at,
    ticks: isLog ? fewLogTicks(domain, at) : roundTicks(domain),
    word,
  };
}

const MOST_TICKS = 3;
/** Part of a panel, at either end, where a tick's words would run into the next panel. */
const EDGE = 0.1;

/** Few of the round numbers of a logarithmic panel. */
function fewLogTicks(domain: Span, at: Panel['at']): number[] {
  const ticks = logTicks(domain).filter((tick) => at(tick) >= EDGE && at(tick) <= 1 - EDGE);
  const every = Math.ceil(ticks.length / (MOST_TICKS - 1));
  return ticks.filter((_, k) => k % every === 0);
}

/** Two or three round numbers in a range. */
export function roundTicks([low, high]: Span): number[] {
  const rough = (high - low) / MOST_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough)!;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) =>
    Number(((first + k) * step).toPrecision(12)),
  );
}

/** Ticks and their words along the bottom of every panel; `fy` names the row of panels, where there are several. */
export function panelTicks(panels: readonly Panel[], fy?: string): RenderableMark[] {
  const ticks = panels.flatMap(({ name, at, ticks, word }) =>
    ticks.map((tick) => ({ fx: name, fy, x: at(tick), word: word(tick) })),
  );
  const facets = { fx: 'fx', ...(fy !== undefined && { fy: 'fy' }) };
  return [
    ruleX(ticks, { ...facets, x: 'x', stroke: INK, strokeOpacity: 0.1 }),
    text(ticks, { ...facets, x: 'x', text: 'word', frameAnchor: 'bottom', lineAnchor: 'top', dy: 8, ...HALO }),
  ];
}

/** The name over each panel, and a line under it. */
export function panelTitles(
  titles: readonly { readonly fx: string; readonly words: string }[],
  fy?: string,
): RenderableMark {
  return text(
    titles.map((title) => ({ ...title, fy })),
    {
      fx: 'fx',
      ...(fy !== undefined && { fy: 'fy' }),
      text: 'words',
      frameAnchor: 'top',
      lineAnchor: 'bottom',
      dy: -8,
      fill: INK,
    },
  );
}
