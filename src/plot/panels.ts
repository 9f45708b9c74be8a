/**
 * Small panels side by side, each with a scale of its own, in one figure. Plot's facets share their scales, so values are put on [0, 1] by
 * panel, and the ticks are written here.
 */

import { type RenderableMark, ruleX, text } from '@observablehq/plot';
import { type Span, spanOf } from '../numeric/span.ts';
import { HALO, INK } from './figure.ts';
import { logTicks, roundTicks } from './ticks.ts';

/** A scale from values to [0, 1]. */
export interface Panel {
  readonly name: string;
  readonly isLog: boolean;
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
  const inner: Span = [back(from + EDGE * (to - from)), back(to - EDGE * (to - from))];
  const at = (value: number): number => (through(value) - from) / (to - from);
  return {
    name,
    isLog,
    domain,
    at,
    ticks: isLog ? fewLogTicks(inner) : roundTicks(inner),
    word,
  };
}

/** On a logarithmic panel. */
const MOST_TICKS = 2;
/** Part of a panel, at either end, where a tick's words would run into the next panel. */
const EDGE = 0.1;

/** Few of the round numbers of a logarithmic panel, two at least: one number gives no scale. */
function fewLogTicks(inner: Span): number[] {
  const ticks = logTicks(inner);
  if (ticks.length < 2) return roundTicks(inner);
  const every = Math.ceil(ticks.length / MOST_TICKS);
  return ticks.filter((_, k) => k % every === 0);
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

/** Ticks and their words along the left of every panel of a column, a row of panels each. */
export function panelTicksAtLeft(panels: readonly Panel[], fx: string): RenderableMark {
  const ticks = panels.flatMap(({ name, at, ticks, word }) =>
    ticks.map((tick) => ({ fx, fy: name, y: at(tick), word: word(tick) })),
  );
  return text(ticks, {
    fx: 'fx',
    fy: 'fy',
    y: 'y',
    text: 'word',
    frameAnchor: 'left',
    textAnchor: 'end',
    dx: -6,
    fill: INK,
  });
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
