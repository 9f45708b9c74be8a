/**
 * What every figure is: plain options of Observable Plot, with a name and a sentence for those who cannot see it.
 *
 *     Plot.plot({ ...lossByCompute(law, runs), width: 800 })      further marks: { ...figure, marks: [...figure.marks, more] }
 *
 * Ink is `currentColor` and paper `var(--plot-background)`, so a figure takes the colors of the page it stands on; `renderSvg` writes
 * them out for pictures that stand alone. Hues are Okabe and Ito's (2008, jfly.uni-koeln.de/color), those that are legible on white and
 * on black; magnitude is viridis without its ends, for the same reason.
 */

import type { Markish, PlotOptions, ScaleOptions } from '@observablehq/plot';
import { inLossUnit, type LossUnit } from '../loss-unit.ts';
import type { Span } from '../numeric/span.ts';
import { drawnCount as count, powerOfTen, short } from '../words.ts';
import { logTicks, roundTicks } from './ticks.ts';

/** Options for `Plot.plot`. */
export interface Figure extends PlotOptions {
  readonly marks: Markish[];
  /** Its name. */
  readonly ariaLabel: string;
  /** What it shows, with its numbers, in a sentence. */
  readonly ariaDescription: string;
}

/** Colors that mean something of their own, told apart by all eyes. */
export const HUE: Readonly<Record<'blue' | 'vermillion' | 'green', string>> = Object.freeze({
  blue: '#0072B2',
  vermillion: '#D55E00',
  green: '#009E73',
});

/** Lines and text. */
export const INK = 'currentColor';
/** What is under them: the halo around a label. */
export const PAPER = 'var(--plot-background)';

/** Text that stays legible on top of lines. */
export const HALO: { readonly stroke: string; readonly strokeWidth: number; readonly fill: string } = Object.freeze({
  stroke: PAPER,
  strokeWidth: 4,
  fill: INK,
});

/** Type and margins that all figures share. */
const SHARED = {
  style: { fontFamily: 'sans-serif', fontSize: '12px', overflow: 'visible' },
  width: 720,
  height: 460,
  marginLeft: 64,
  marginBottom: 46,
  marginTop: 34,
  marginRight: 28,
} as const;

/** A figure of `marks`, on what all figures share; texts about losses in nats per token become those of `unit`. */
export function figure(options: Figure, unit: LossUnit = 'nats'): Figure {
  const whole = { ...SHARED, ...options };
  if (unit === 'nats') return whole;
  const scales = Object.entries(whole).flatMap(([name, scale]) => {
    const { label } = (scale ?? {}) as ScaleOptions;
    return typeof label === 'string' ? [[name, { ...scale, label: inLossUnit(label, unit) }] as const] : [];
  });
  const ariaDescription = inLossUnit(whole.ariaDescription, unit);
  return { ...whole, ...Object.fromEntries(scales), ariaDescription };
}

/** A logarithmic axis of parameters or tokens: 150M, 1B. */
export const countAxis = (label: string, domain: Span, fewestTicks?: number): ScaleOptions =>
  logAxis(label, domain, count, fewestTicks);

/** A logarithmic axis of FLOPs: 10²¹. */
export const powerAxis = (label: string, domain: Span, fewestTicks?: number): ScaleOptions =>
  logAxis(label, domain, powerOfTen, fewestTicks);

/** A logarithmic axis of losses: they span less than a power of ten, so its ticks are those of a linear one. */
export const logLossAxis = (domain: Span, options: ScaleOptions = {}): ScaleOptions =>
  lossAxis({ type: 'log', domain: [...domain], ticks: roundTicks(domain, 4), ...options });

/** An axis of losses, linear unless `options` say otherwise. */
export const lossAxis = (options: ScaleOptions = {}): ScaleOptions => ({
  label: 'Loss (nats per token)',
  labelArrow: 'none',
  grid: true,
  tickFormat: (loss: number) => short(loss),
  ticks: 6,
  ...options,
});

/** Magnitude as color, on a logarithmic scale, without the ends that vanish on white or on black. */
export const MAGNITUDE: ScaleOptions = Object.freeze({ type: 'log', scheme: 'viridis', range: [0.25, 0.8] });

const logAxis = (
  label: string,
  domain: Span,
  tickFormat: (value: number) => string,
  fewestTicks?: number,
): ScaleOptions => ({
  type: 'log',
  domain: [...domain],
  label,
  labelAnchor: 'center',
  labelArrow: 'none',
  ticks: logTicks(domain, fewestTicks),
  tickFormat,
});
