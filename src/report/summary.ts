/** A fit as one block of text: what it found, how well each number is known, on which rows, and what may be said against it. */

import { computeOptimal } from '../allocate/compute-optimal.ts';
import { balanced, frontierExponents } from '../allocate/frontier.ts';
import { ScalingLawsError } from '../errors.ts';
import { describeFilter } from '../filters/filter.ts';
import { type Finding, findingInWords } from '../finding.ts';
import { diagnose } from '../fit/diagnose.ts';
import type { Fit } from '../fit/fit.ts';
import { spanInWords } from '../judge/extrapolation.ts';
import { uncertaintyFindings } from '../judge/uncertainty.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import { lawOf } from '../laws/fitted-law.ts';
import type { Resample } from '../laws/kept-uncertainty.ts';
import { lossUnitInWords } from '../loss-unit.ts';
import { readingInWords } from '../runs/reading.ts';
import { type Runs, runsField } from '../runs/runs.ts';
import { check } from '../schema/check.ts';
import { type Given, object, optional } from '../schema/objects.ts';
import { type Door, inCode } from '../sentence.ts';
import { correlationsOf } from '../uncertainty/correlations.ts';
import { coefficientIntervals, DEFAULT_LEVEL, jointIntervals, level, uncertaintyOf } from '../uncertainty/intervals.ts';
import { count, digits, interval, listed, percent, plural, power } from '../words.ts';
import { type KnownCoefficient, knownCoefficients } from './coefficients.ts';
import { decisionInWords, equationInWords, noiseInWords, penaltyInWords, statusInWords } from './sentences.ts';
import { table } from './text-table.ts';

const summaryOptions = object('summary options', {
  runs: optional(runsField),
  level: optional(level, DEFAULT_LEVEL),
});
/** What a summary takes beside the fit: the rows behind it, for what only they can say; and the coverage of its intervals. */
export type SummaryOptions = Given<typeof summaryOptions>;

/** Coefficients that go together more than this cannot be told apart one by one. */
const TIGHT = 0.9;
/** Budgets at which the decision is looked at: the largest run's, and as many times more. */
const TIMES = [1, 10, 100] as const;

/**
 * A fit as a block of text, as statisticians print theirs: coefficients with standard errors (of ln A where the error is one of factors) and
 * intervals, correlations above 0.9, rows and what they are worth, noise between runs and within, fit quality, precision of the decision,
 * and findings.
 *
 * @param fit - A fit of this library.
 * @param options - `runs`: the rows behind it, for findings that need them; `level`: nominal coverage of the intervals.
 * @returns Lines of text.
 * @throws {ScalingLawsError} `E_OPTION`, `E_ARGUMENT`; `E_RUNS_MISMATCH` if `runs` are not those behind the fit.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * summary(fitScalingLaw(runs), { runs }).split('\n')[0].slice(0, 10) // => 'L(N, D) = '
 */
export function summary(fit: Fit<string>, options: SummaryOptions = {}): string {
  const { runs, level } = check(summaryOptions, options);
  return [...summaryLines(fit, level), ...findingLines(fit, runs, level, inCode)].join('\n');
}

/** The block without its findings. */
export function summaryLines(fit: Fit<string>, level: number): string[] {
  return [equationInWords(fit), '', ...coefficientLines(fit, level), '', ...table(facts(fit, level), 2)];
}

/** What may be said against the fit: all of it where the rows are at hand. */
export function findingLines(fit: Fit<string>, runs: Runs | undefined, level: number, door: Door): string[] {
  const poor = poorlyKnown(fit, level);
  const found = runs ? diagnose(fit, runs).findings : fit.warnings;
  const all = [...poor, ...found.filter(({ code }) => !poor.some((one) => one.code === code))];
  return all.flatMap((one) => ['', `${one.severity}: ${findingInWords(one, door)}`]);
}

/** Coefficients whose replicates lie far apart. */
export function poorlyKnown(fit: Fit<string>, level: number): Finding[] {
  if (uncertaintyOf(fit)?.kind !== 'bootstrap') return [];
  const ends = Object.entries(coefficientIntervals(fit, { level })).map(
    ([name, { lower, upper }]) => [name, [lower, upper]] as const,
  );
  return uncertaintyFindings(lawOf(fit), fit.coefficients, Object.fromEntries(ends), level);
}

function coefficientLines(fit: Fit<string>, level: number): string[] {
  const { coefficients } = knownCoefficients(fit, undefined, level);
  const rows = coefficients.map((one) => [
    one.name,
    digits(one.value),
    errorInWords(one),
    one.lower === undefined ? '' : interval([one.lower, one.upper!]),
    one.unit === '1' ? '' : one.unit,
    one.how,
  ]);
  if (coefficients.every(({ lower }) => lower === undefined)) {
    return table(
      rows.map(([name = '', value = '', , , ...rest]) => [name, value, ...rest]),
      4,
    );
  }
  return table([['', '', 'std. error', `${percent(level)} interval`, '', ''], ...rows], 6);
}

function errorInWords({ name, standardError, inLogs }: KnownCoefficient): string {
  if (standardError === undefined) return '';
  const size = standardError < Number.POSITIVE_INFINITY ? digits(standardError, 3) : 'no bound';
  return inLogs ? `${size} of ln ${name}` : size;
}

/** Pairs of what and how much; a line that goes on has nothing before it. */
function facts(fit: Fit<string>, level: number): string[][] {
  const { objective, starts, runs, quality, fittedRange, residuals } = fit;
  const { tried, atBest } = starts;
  const atRivals = fit.rivals.reduce((sum, rival) => sum + rival.starts, 0);
  const range = (['N', 'D', 'C', 'tokensPerParam'] as const)
    .filter((name) => Number.isFinite(fittedRange[name][0]))
    .map((name) => spanInWords(name, fittedRange[name]));
  const [low, high] = fittedRange.loss;
  const largest = -residuals.min > residuals.max ? residuals.min : residuals.max;
  const decision = decisionLines(fit, level);
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    ['read', runs.reading ? readingInWords(runs.reading) : []],
    [
      'rows',
      [
        `${runs.read} read, ${runs.kept} kept`,
        ...(runs.convention ? [conventionInWords(runs.convention)] : []),
        ...runs.dropped.map(({ filter, rows }) => `${rows} dropped by ${describeFilter(filter)}`),
      ],
    ],
    ['status', [statusInWords(fit.status)]],
    ['objective', [`${digits(objective.value, 10)} (${penaltyInWords(objective.penalty, objective.space)})`]],
    [
      'starts',
      [
        `${atBest} of ${tried} ended at this best objective`,
        ...(atRivals > 0 ? [`${atRivals} at other coefficients, up to 1% above it`] : []),
      ],
    ],
    [
      'quality',
      [
        `R2 ${digits(quality.r2, 4)}, mean error ${percent(quality.meanAbsoluteRelativeError)} of loss`,
        `largest residual ${digits(largest, 2)}, in row ${residuals.worstRow} of the source`,
      ],
    ],
    ['noise', fit.noise ? noiseInWords(fit.noise, objective.space, fit.lossUnit) : []],
    [
      'fitted on',
      [
        ...[range.slice(0, 2), range.slice(2)].filter((parts) => parts.length > 0).map((parts) => parts.join(', ')),
        `losses from ${digits(low, 4)} to ${digits(high, 4)} ${lossUnitInWords(fit.lossUnit)}`,
      ],
    ],
    ['frontier', frontierLines(fit, level)],
    ['decision', decision.length > 0 ? decision : decisionInWords(fit.decision ?? [])],
    ['together', correlationLines(fit)],
    ['intervals', sourceLines(fit)],
  ];
  return blocks.flatMap(([name, lines]) => lines.map((line, i) => [i === 0 ? name : '', line]));
}

function conventionInWords({ N, C }: NonNullable<Fit['runs']['convention']>): string {
  const parts = [
    ...(N === undefined ? [] : [`N ${N === 'total' ? 'counts' : 'leaves out'} embeddings`]),
    ...(C === undefined ? [] : [`C is counted as by ${C}`]),
  ];
  return parts.join(', ');
}

function frontierLines(fit: Fit<string>, level: number): string[] {
  if (fit.law !== chinchilla.kind) return [];
  const { coefficients } = fit as Fit;
  const flat = (['A', 'B', 'alpha', 'beta'] as const).filter((name) => !(coefficients[name] > 0));
  if (flat.length > 0) return [`none: with ${listed(flat)} at 0, one of N and D is worth nothing`];
  const { a, b } = frontierExponents(coefficients);
  const found = jointIntervals(fit as Fit, (law) => ({ a: frontierExponents(balanced(law.coefficients)).a }), {
    level,
  });
  return [
    `compute-optimal N grows as C^${digits(a, 3)}, D as C^${digits(b, 3)}`,
    ...(found ? [`${percent(level)} interval of the exponent of N: ${interval([found.a.lower, found.a.upper])}`] : []),
  ];
}

/** How well the best size is known, at the largest budget of the runs and beyond. */
function decisionLines(fit: Fit<string>, level: number): string[] {
  const most = fit.fittedRange.C[1];
  if (!uncertaintyOf(fit) || !Number.isFinite(most)) return [];
  try {
    return TIMES.map((times) => {
      const { N, D, loss, intervals } = computeOptimal(fit, { C: times * most }, {}, { level });
      const ends = (of: 'N' | 'D' | 'loss', write: (value: number) => string): string =>
        `${write({ N, D, loss }[of])} (${interval(intervals![of], write, openOf(intervals!.open, of))})`;
      const budget = `${power(times * most)} FLOPs${times === 1 ? ', the most of the runs' : ''}`;
      return `best for ${budget}: N ${ends('N', count)}, D ${ends('D', count)}, loss ${ends('loss', (x) => digits(x, 4))}`;
    });
  } catch (error) {
    // Another law may read more than N and D, or have no optimum.
    if (error instanceof ScalingLawsError) return [];
    throw error;
  }
}

const openOf = (open: readonly string[], of: string): { readonly lower: boolean; readonly upper: boolean } => ({
  lower: open.includes(`${of}.lower`),
  upper: open.includes(`${of}.upper`),
});

function correlationLines(fit: Fit<string>): string[] {
  const tight = correlationsOf(fit).filter(({ r }) => Math.abs(r) > TIGHT);
  if (tight.length === 0) return [];
  return [
    `correlations above ${TIGHT}: ${tight.map(({ pair: [one, two], r }) => `${one} and ${two} ${r.toFixed(3)}`).join(', ')}`,
  ];
}

/** Where the intervals come from. */
function sourceLines(fit: Fit<string>): string[] {
  const known = uncertaintyOf(fit);
  if (!known) return [];
  if (known.kind === 'curvature') {
    return [`from the curvature at the optimum, with runs as units, ${known.degreesOfFreedom} degrees of freedom`];
  }
  const { replicates, resample, seed, units, jumped, failed } = known;
  const drawn: Readonly<Record<Resample, string>> = {
    rows: `each to ${plural(units, 'row')} drawn with replacement`,
    runs: `each to ${plural(units, 'whole run')} drawn with replacement`,
    sizes: `each to ${plural(units, 'model size')} drawn with replacement`,
    residuals: 'each to the fitted losses with redrawn residuals',
  };
  return [
    `bootstrap: ${plural(replicates, 're-fit')}, ${drawn[resample]}, seed ${seed}`,
    ...(jumped > 0 ? [`${jumped} of them found a better optimum in another basin`] : []),
    ...(failed > 0 ? [`${failed} of them did not end in a minimum; they are kept`] : []),
  ];
}
