/** A fit in words: the law, how well it holds, and on which rows. */

import { frontierExponents } from '../allocate/frontier.ts';
import { describeFilter } from '../filters/filter.ts';
import { findingInWords } from '../finding.ts';
import type { Fit } from '../fit/fit.ts';
import { spanInWords } from '../judge/extrapolation.ts';
import { uncertaintyFindings } from '../judge/uncertainty.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { inLossUnit, lossUnitInWords } from '../loss-unit.ts';
import { decisionInWords, equationInWords, noiseInWords, penaltyInWords, statusInWords } from '../report/sentences.ts';
import { readingInWords } from '../runs/reading.ts';
import type { Door } from '../sentence.ts';
import { digits, interval, listed, percent } from '../words.ts';
import { bootstrapLines, type Uncertainty } from './uncertainty.ts';
import { table } from './words.ts';

/** The fit as lines, with its uncertainty where it was bootstrapped. */
export function fitInWords(fit: Fit<string>, door: Door, uncertainty?: Uncertainty): string[] {
  const { objective, starts, runs, quality, fittedRange, residuals } = fit;
  const { tried, atBest } = starts;
  const atRivals = fit.rivals.reduce((sum, rival) => sum + rival.starts, 0);
  const range = (['N', 'D', 'C', 'tokensPerParam'] as const)
    .filter((name) => Number.isFinite(fittedRange[name][0]))
    .map((name) => spanInWords(name, fittedRange[name]));
  const [low, high] = fittedRange.loss;
  const largest = -residuals.min > residuals.max ? residuals.min : residuals.max;
  return [
    equationInWords(fit),
    '',
    ...coefficientLines(fit, uncertainty),
    '',
    ...table(
      [
        ...(runs.reading ? readingInWords(runs.reading) : []).map((line, i) => [i === 0 ? 'read' : '', line]),
        ['rows', `${runs.read} read, ${runs.kept} kept`],
        ...(runs.convention ? [['', conventionInWords(runs.convention)]] : []),
        ...runs.dropped.map(({ filter, rows }) => ['', `${rows} dropped by ${describeFilter(filter)}`]),
        ['status', statusInWords(fit.status)],
        ...decisionInWords(fit.decision ?? []).map((line, i) => [i === 0 ? 'best size' : '', line]),
        ['objective', `${digits(objective.value, 10)} (${penaltyInWords(objective.penalty, objective.space)})`],
        ['starts', `${atBest} of ${tried} ended at this best objective`],
        ...(atRivals > 0 ? [['', `${atRivals} at other coefficients, up to 1% above it`]] : []),
        ['quality', `R2 ${digits(quality.r2, 4)}, mean error ${percent(quality.meanAbsoluteRelativeError)} of loss`],
        ['', `largest residual ${digits(largest, 2)}, in row ${residuals.worstRow} of the source`],
        ...(fit.noise ? noiseInWords(fit.noise, objective.space, fit.lossUnit) : []).map((line, i) => [
          i === 0 ? 'noise' : '',
          line,
        ]),
        ...[range.slice(0, 2), range.slice(2)]
          .filter((parts) => parts.length > 0)
          .map((parts, i) => [i === 0 ? 'fitted on' : '', parts.join(', ')]),
        [range.length > 0 ? '' : 'fitted on', `losses from ${digits(low, 4)} to ${digits(high, 4)} ${lossUnitInWords(fit.lossUnit)}`],
        ...(fit.law === chinchilla.kind ? [['frontier', frontierInWords(fit as Fit)]] : []),
        ...(uncertainty ? uncertaintyCells(uncertainty) : []),
      ],
      2,
    ),
    ...before('', uncertainty ? uncertaintyLines(fit, uncertainty, door) : []),
  ];
}

/** The fit in one line, under heads. */
export function fitInTable(fit: Fit<string>, uncertainty?: Uncertainty): string[][] {
  const { coefficients, runs, quality, status } = fit;
  const value = ([name, one]: [string, number]): string => {
    const ends = uncertainty?.intervals[name];
    return `${digits(one, 4)}${ends && ends[0] !== ends[1] ? ` (${interval(ends, (end) => digits(end, 3))})` : ''}`;
  };
  return [
    ['rows', ...Object.keys(coefficients), 'R2', 'mean error', 'status'],
    [
      String(runs.kept),
      ...Object.entries<number>(coefficients).map(value),
      digits(quality.r2, 4),
      percent(quality.meanAbsoluteRelativeError),
      status.kind,
    ],
  ];
}

function conventionInWords({ N, C }: NonNullable<Fit['runs']['convention']>): string {
  const parts = [
    ...(N === undefined ? [] : [`N ${N === 'total' ? 'counts' : 'leaves out'} embeddings`]),
    ...(C === undefined ? [] : [`C is counted as by ${C}`]),
  ];
  return parts.join(', ');
}

const uncertaintyLines = (fit: Fit<string>, { intervals, level }: Uncertainty, door: Door): string[] =>
  uncertaintyFindings(lawOf(fit), fit.coefficients, intervals, level).map((one) => findingInWords(one, door));

const before = (first: string, lines: readonly string[]): string[] => (lines.length > 0 ? [first, ...lines] : []);

function uncertaintyCells(uncertainty: Uncertainty): string[][] {
  const { frontier, level } = uncertainty;
  return [
    ...(frontier ? [['', `${percent(level)} interval of the exponent of N: ${interval(frontier.interval)}`]] : []),
    ...bootstrapLines(uncertainty).map((line, i) => [i === 0 ? 'bootstrap' : '', line]),
  ];
}

function coefficientLines(fit: Fit<string>, uncertainty?: Uncertainty): string[] {
  const { coefficients, options } = fit;
  const { units, solver } = lawOf(fit);
  const how = (name: string): string => {
    if (Object.hasOwn(options.fixed, name)) return 'given';
    const group = options.tied.find((one) => one.includes(name));
    return group ? `tied: ${group.join(' = ')}` : '';
  };
  const unit = (name: string): string => (units[name] === '1' ? '' : inLossUnit(units[name]!, fit.lossUnit));
  const lines = Object.entries(coefficients).map(([name, value]) => [name, digits(value), unit(name), how(name)]);
  if (!uncertainty) return table(lines, 4);
  const { standardErrors, intervals, level } = uncertainty;
  const withErrors = lines.map(([name = '', value = '', ...rest]) => {
    const ends = intervals[name]!;
    const known = ends[0] === ends[1];
    // An amplitude goes with its exponent over powers of ten: its interval says what its standard error cannot.
    const error = known || solver[name]?.scale === 'log' ? '' : errorInWords(standardErrors[name]!);
    return [name, value, error, known ? '' : interval(ends), ...rest];
  });
  return table([['', '', 'std. error', `${percent(level)} interval`, '', ''], ...withErrors], 6);
}

const errorInWords = (value: number): string => (value < Number.POSITIVE_INFINITY ? digits(value, 3) : 'no bound');

function frontierInWords({ coefficients }: Fit): string {
  const flat = (['A', 'B', 'alpha', 'beta'] as const).filter((name) => !(coefficients[name] > 0));
  if (flat.length > 0) return `none: with ${listed(flat)} at 0, one of N and D is worth nothing`;
  const { a, b } = frontierExponents(coefficients);
  return `compute-optimal N grows as C^${digits(a, 3)}, D as C^${digits(b, 3)}`;
}
