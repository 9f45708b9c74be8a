/** The coefficients of a bootstrap: each by itself, and each against each other. */

import { dot, frame, rect, ruleX, text } from '@observablehq/plot';
import { quantileSorted, sampleCorrelation } from 'simple-statistics';
import { refusal } from '../errors.ts';
import type { Bootstrap } from '../uncertainty/bootstrap.ts';
import { coefficientIntervals, type Interval } from '../uncertainty/intervals.ts';
import { drawnCount as count, listed, short } from '../words.ts';
import { type Figure, figure, HUE, INK } from './figure.ts';
import { type Panel, panelOf, panelTicks, panelTicksAtLeft, panelTitles } from './panels.ts';

const BINS = 24;
/** Share of the draws at either end that lie outside the panels: a few far ones would leave no room for the others. */
const OUTSIDE = 0.005;
/** Draws that pairs show at most; the picture is the same with more. */
const MOST_DOTS = 200;

/** A coefficient that was free, with its draws. */
interface Marginal {
  readonly name: string;
  readonly draws: readonly number[];
  readonly panel: Panel;
  readonly interval: Interval;
}

/**
 * How each coefficient is distributed over the replicates, with its estimate and interval.
 *
 * @param bootstrap - Replicates of a fit.
 * @returns Options for `Plot.plot`. The outermost 1% of the draws lie outside the panels; a wide range is drawn on a logarithmic scale.
 * @throws {ScalingLawsError} `E_ARGUMENT` if no coefficient was free.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * bootstrapMarginals(bootstrap(fitScalingLaw(runs), runs, { replicates: 50 })).fx?.domain // => ['E', 'A', 'B', 'alpha', 'beta']
 */
export function bootstrapMarginals(bootstrap: Bootstrap<string>): Figure {
  const marginals = marginalsOf(bootstrap);
  const names = marginals.map(({ name }) => name);
  const bars = marginals.flatMap((one) => barsOf(one).map((bar) => ({ ...bar, fx: one.name })));
  const bands = marginals.map(({ name, panel, interval: { lower, upper, estimate } }) => ({
    fx: name,
    x1: Math.max(panel.at(lower), 0),
    x2: Math.min(panel.at(upper), 1),
    x: panel.at(estimate),
  }));
  const { level } = marginals[0]!.interval;
  return figure({
    width: 60 + 150 * names.length,
    height: 250,
    marginLeft: 24,
    marginTop: 58,
    fx: { domain: names, axis: null },
    x: { domain: [0, 1], axis: null },
    y: { domain: [0, 1.05], axis: null },
    marks: [
      rect(bands, { fx: 'fx', x1: 'x1', x2: 'x2', y1: 0, y2: 1.05, fill: INK, fillOpacity: 0.08 }),
      rect(bars, { fx: 'fx', x1: 'x1', x2: 'x2', y1: 0, y2: 'height', fill: HUE.blue, insetRight: 0.5 }),
      ruleX(bands, { fx: 'fx', x: 'x', stroke: HUE.vermillion, strokeWidth: 2 }),
      frame({ anchor: 'bottom', stroke: INK }),
      ...panelTicks(marginals.map(({ panel }) => panel)),
      panelTitles(
        marginals.map((one) => ({
          fx: one.name,
          words: `${one.name}${one.panel.isLog ? ' (log scale)' : ''}\n${inWords(one)}`,
        })),
      ),
    ],
    ariaLabel: 'Coefficients over bootstrap replicates',
    ariaDescription:
      `Histograms of ${bootstrap.replicates} replicates with estimates and ${Math.round(100 * level)}% intervals: ` +
      `${listed(marginals.map((one) => `${one.name} ${inWords(one)}`))}.`,
  });
}

/**
 * Each coefficient against each other over the replicates: which of them the runs cannot tell apart. Wide ranges are on logarithmic scales.
 *
 * @param bootstrap - Replicates of a fit.
 * @returns Options for `Plot.plot`: draws under the diagonal, histograms on it, correlations over it.
 * @throws {ScalingLawsError} `E_ARGUMENT` if no coefficient was free.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * bootstrapPairs(bootstrap(fitScalingLaw(runs), runs, { replicates: 50 })).fy?.domain // => ['E', 'A', 'B', 'alpha', 'beta']
 */
export function bootstrapPairs(bootstrap: Bootstrap<string>): Figure {
  const marginals = marginalsOf(bootstrap);
  const names = marginals.map(({ name }) => name);
  const pairs = marginals.flatMap((down, j) => marginals.slice(0, j).map((across) => ({ across, down })));
  const every = Math.ceil(bootstrap.replicates / MOST_DOTS);
  const dots = pairs.flatMap(({ across, down }) =>
    across.draws.flatMap((value, k) => {
      const [x, y] = [across.panel.at(value), down.panel.at(down.draws[k]!)];
      return k % every === 0 && inside(x) && inside(y) ? [{ fx: across.name, fy: down.name, x, y }] : [];
    }),
  );
  const scaled = ({ draws, panel }: Marginal): number[] => draws.map(panel.at).filter(Number.isFinite);
  const correlations = pairs.map(({ across, down }) => ({
    fx: down.name,
    fy: across.name,
    r: sampleCorrelation(scaled(across), scaled(down)),
  }));
  const bars = marginals.flatMap((one) => barsOf(one).map((bar) => ({ ...bar, fx: one.name, fy: one.name })));
  const strongest = [...correlations].sort((one, two) => Math.abs(two.r) - Math.abs(one.r))[0];
  const size = 80 + 116 * names.length;
  return figure({
    width: size,
    height: size,
    marginLeft: 52,
    marginRight: 56,
    fx: { domain: names, label: null, padding: 0.06, axis: 'top' },
    fy: { domain: names, label: null, padding: 0.06, axis: 'right' },
    x: { domain: [0, 1], axis: null },
    y: { domain: [0, 1], axis: null },
    marks: [
      frame({ stroke: INK, strokeOpacity: 0.25 }),
      dot(dots, { fx: 'fx', fy: 'fy', x: 'x', y: 'y', r: 1.5, fill: HUE.blue, fillOpacity: 0.5 }),
      rect(bars, { fx: 'fx', fy: 'fy', x1: 'x1', x2: 'x2', y1: 0, y2: 'height', fill: HUE.blue, insetRight: 0.5 }),
      text(correlations, {
        fx: 'fx',
        fy: 'fy',
        frameAnchor: 'middle',
        text: ({ r }: { r: number }) => `r = ${r.toFixed(2).replace('-', '−')}`,
        fill: INK,
        fontSize: 13,
      }),
      ...panelTicks(
        marginals.map(({ panel }) => panel),
        names.at(-1)!,
      ),
      // The first row is a histogram, whose heights have no unit.
      panelTicksAtLeft(
        marginals.slice(1).map(({ panel }) => panel),
        names[0]!,
      ),
    ],
    ariaLabel: 'Pairs of coefficients over bootstrap replicates',
    ariaDescription:
      `${bootstrap.replicates} replicates of ${listed(names)}, pair by pair` +
      `${strongest ? `; most strongly correlated are ${strongest.fy} and ${strongest.fx}, r = ${strongest.r.toFixed(2)}` : ''}.`,
  });
}

function marginalsOf(bootstrap: Bootstrap<string>): readonly Marginal[] {
  const bounds = coefficientIntervals(bootstrap);
  const marginals = Object.entries(bootstrap.draws).flatMap(([name, draws]): Marginal[] => {
    const sorted = draws.filter(Number.isFinite).sort((one, two) => one - two);
    if (sorted.length === 0 || sorted[0] === sorted.at(-1)) return [];
    const shown = sorted.slice(Math.floor(OUTSIDE * sorted.length), Math.ceil((1 - OUTSIDE) * sorted.length));
    const interval = bounds[name]!;
    const far = quantileSorted(sorted, 0.999);
    const panel = panelOf(name, [...shown, Math.min(interval.estimate, far)], wordOf(far));
    return [{ name, draws, panel, interval }];
  });
  if (marginals.length === 0) throw refusal('bootstrap', 'be of a fit with free coefficients', 'none');
  return marginals;
}

/** Relative heights of bars, 1 for the highest. */
function barsOf({ draws, panel }: Marginal): { x1: number; x2: number; height: number }[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const draw of draws) {
    const at = panel.at(draw);
    if (inside(at)) counts[Math.min(Math.floor(at * BINS), BINS - 1)]! += 1;
  }
  const highest = Math.max(...counts);
  return counts
    .map((number, k) => ({ x1: k / BINS, x2: (k + 1) / BINS, height: number / highest }))
    .filter(({ height }) => height > 0);
}

const inside = (x: number): boolean => x >= 0 && x <= 1;
const wordOf = (far: number): ((value: number) => string) => (far >= 1e3 ? count : (value) => short(value, 3));
const inWords = ({ interval: { estimate, lower, upper } }: Marginal): string => {
  const word = wordOf(upper);
  return `${word(estimate)} [${word(lower)}, ${word(upper)}]`;
};
