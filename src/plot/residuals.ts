/** A fit beside its rows: predicted against observed losses, and what is left over against anything a row has. */

import { areaY, dot, line, ruleY } from '@observablehq/plot';
import { median } from 'simple-statistics';
import { refusal } from '../errors.ts';
import type { Measure } from '../filters/filter.ts';
import type { Fit } from '../fit/fit.ts';
import { predictRows } from '../fit/law-columns.ts';
import { rowsOf } from '../fit/rows-of.ts';
import { robustSpread } from '../numeric/robust-spread.ts';
import { spanOf } from '../numeric/span.ts';
import type { Runs } from '../runs/runs.ts';
import { plural, short, signedPercent } from '../words.ts';
import { countAxis, type Figure, figure, HUE, INK, lossAxis, PAPER, powerAxis } from './figure.ts';
import { widened } from './geometric.ts';
import { legend } from './labels.ts';

/** What residuals may be drawn against. */
export type ResidualsOf = Measure;

/**
 * Predicted against observed losses: the rows of the fit, and, hollow, those that its filters left out.
 *
 * @param fit - A fit of this library.
 * @param runs - The table that it was made from, or the rows behind it.
 * @returns Options for `Plot.plot`. A row above the diagonal is predicted too high.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * predictedByObserved(fitScalingLaw(runs), runs).aspectRatio // => 1
 */
export function predictedByObserved(fit: Fit<string>, runs: Runs): Figure {
  const rows = markedRows(fit, runs);
  const [low, high] = spanOf(rows.flatMap(({ loss, predicted }) => [loss, predicted]));
  const ends = [low, high].map((loss) => ({ loss, predicted: loss }));
  const [fitted, left] = [rows.filter(({ used }) => used), rows.filter(({ used }) => !used)];
  return figure(
    {
      width: 520,
      height: 520,
      x: lossAxis({ label: 'Observed loss (nats per token)', labelAnchor: 'center' }),
      y: lossAxis({ label: 'Predicted loss (nats per token)' }),
      aspectRatio: 1,
      marks: [
        line(ends, { x: 'loss', y: 'predicted', stroke: INK, strokeOpacity: 0.6 }),
        dot(left, { x: 'loss', y: 'predicted', r: 3, stroke: HUE.vermillion, fill: PAPER }),
        dot(fitted, { x: 'loss', y: 'predicted', r: 3, fill: HUE.blue, stroke: PAPER, strokeWidth: 0.5 }),
        ...legend([
          [HUE.blue, `fitted (${fitted.length})`],
          ...(left.length > 0 ? [[HUE.vermillion, `left out (${left.length})`, '○'] as const] : []),
        ]),
      ],
      ariaLabel: 'Predicted against observed loss',
      ariaDescription:
        `${plural(fitted.length, 'fitted row')}${left.length > 0 ? ` and ${left.length} left out` : ''}, losses from ${short(low)} to ${short(high)} nats per token; ` +
        `the law explains ${(100 * fit.quality.r2).toFixed(1)}% of the variance of the fitted losses and misses them by ` +
        `${short(100 * fit.quality.meanAbsoluteRelativeError, 2)}% on average.`,
    },
    fit.lossUnit,
  );
}

/** How each variable is read off a row, and its axis. */
const VARIABLES: {
  readonly [K in ResidualsOf]: readonly [label: string, of: (runs: Runs) => ArrayLike<number> | undefined];
} = {
  N: ['Model size (parameters)', ({ N }) => N],
  D: ['Training tokens', ({ D }) => D],
  C: ['Training compute (FLOPs)', ({ C }) => C],
  tokensPerParam: ['Tokens per parameter', ({ N, D }) => D.map((tokens, i) => tokens / N[i]!)],
  fraction: ['Share of the run', ({ fraction }) => fraction],
  loss: ['Observed loss (nats per token)', ({ loss }) => loss],
};
const GROUPS = 8;

/**
 * Residuals of a fit, in per cent of the loss, against a variable of its rows. A law of the right form leaves no trend.
 *
 * @param fit - A fit of this library.
 * @param runs - The rows behind it, or the table that it filtered.
 * @param of - What to draw them against: N, D, C, tokens per parameter, share of the run, observed loss.
 * @returns Options for `Plot.plot`: a dot a row, the median of groups of rows, and a band of one robust standard deviation.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these are not the rows behind the fit. @throws {ScalingLawsError} `E_ARGUMENT` for a variable that the
 *   rows do not have.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * residualsAgainst(fitScalingLaw(runs), runs, 'D').x?.label // => 'Training tokens'
 */
export function residualsAgainst(fit: Fit<string>, runs: Runs, of: ResidualsOf): Figure {
  if (!Object.hasOwn(VARIABLES, of)) throw refusal('of', `be one of ${Object.keys(VARIABLES).join(', ')}`, of);
  const [label, read] = VARIABLES[of];
  const kept = rowsOf(fit, runs);
  const x = read(kept);
  if (!x) throw refusal('of', 'be a column that the runs have', of);
  const predicted = predictRows(fit, kept);
  const rows = Array.from(x, (at, i) => ({ x: at, residual: 100 * (predicted[i]! / kept.loss[i]! - 1) }));
  const spread = robustSpread(
    rows.map(({ residual }) => residual),
    Object.keys(fit.coefficients).length,
  );
  const trend = mediansOf(rows);
  const isLinear = of === 'fraction' || of === 'loss';
  const span = isLinear ? spanOf(x) : widened(spanOf(x), 1.15);
  const worst = rows.reduce((far, row) => (Math.abs(row.residual) > Math.abs(far.residual) ? row : far));
  return figure(
    {
      height: 360,
      x: isLinear
        ? { label, labelAnchor: 'center', labelArrow: 'none' }
        : of === 'C'
          ? powerAxis(label, span)
          : countAxis(label, span),
      y: { label: 'Predicted − observed (% of loss)', labelArrow: 'none', grid: true },
      marks: [
        areaY([span[0], span[1]], { x: (at: number) => at, y1: -spread, y2: spread, fill: INK, fillOpacity: 0.08 }),
        ruleY([0], { stroke: INK }),
        dot(rows, { x: 'x', y: 'residual', r: 3, fill: HUE.blue, stroke: PAPER, strokeWidth: 0.5 }),
        line(trend, { x: 'x', y: 'residual', stroke: HUE.vermillion, strokeWidth: 2 }),
        ...legend([
          [HUE.blue, 'row'],
          [HUE.vermillion, 'median of rows', '━'],
          [INK, 'a robust standard deviation', '▒'],
        ]),
      ],
      ariaLabel: `Residuals against ${label.toLowerCase()}`,
      ariaDescription:
        `Residuals of ${plural(rows.length, 'row')} with a robust standard deviation of ${short(spread, 2)}% of the loss; medians of groups lie between ` +
        `${extremes(trend)}, and the largest residual is ${signedPercent(worst.residual / 100)}.`,
    },
    fit.lossUnit,
  );
}

interface Residual {
  readonly x: number;
  readonly residual: number;
}

/** Medians of rows of the same x where there are few, else of groups of as many rows. */
function mediansOf(rows: readonly Residual[]): Residual[] {
  const sorted = [...rows].sort((one, two) => one.x - two.x);
  const values = [...new Set(sorted.map(({ x }) => x))];
  const groups =
    values.length <= GROUPS
      ? values.map((x) => sorted.filter((row) => row.x === x))
      : Array.from({ length: GROUPS }, (_, k) =>
          sorted.slice(Math.round((k * rows.length) / GROUPS), Math.round(((k + 1) * rows.length) / GROUPS)),
        );
  return groups
    .filter(({ length }) => length > 0)
    .map((group) => ({ x: median(group.map(({ x }) => x)), residual: median(group.map(({ residual }) => residual)) }));
}

function extremes(trend: readonly Residual[]): string {
  const [low, high] = spanOf(trend.map(({ residual }) => residual));
  return `${signedPercent(low / 100)} and ${signedPercent(high / 100)}`;
}

/** Every row with its prediction, and whether the fit used it. */
function markedRows(fit: Fit<string>, runs: Runs): { loss: number; predicted: number; used: boolean }[] {
  const used = new Set(rowsOf(fit, runs).row);
  const predicted = predictRows(fit, runs);
  return Array.from(predicted, (value, i) => ({ loss: runs.loss[i]!, predicted: value, used: used.has(runs.row[i]!) }));
}
