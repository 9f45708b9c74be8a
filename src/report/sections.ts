/** The sections of a report, each from what it is about. */

import { describeFilter } from '../filters/filter.ts';
import type { Finding } from '../finding.ts';
import type { Diagnosis } from '../fit/diagnose.ts';
import type { Fit } from '../fit/fit.ts';
import { lawOf } from '../laws/fitted-law.ts';
import type { KeptUncertainty } from '../laws/kept-uncertainty.ts';
import { lossUnitInWords } from '../loss-unit.ts';
import { readingInWords } from '../runs/reading.ts';
import type { Runs } from '../runs/runs.ts';
import { type RunsSummary, summarizeRuns } from '../runs/summary.ts';
import { inCode, worded } from '../sentence.ts';
import { drawnCount as count, digits, percent, plural, powerOfTen, short } from '../words.ts';
import type { Citation } from './citations.ts';
import type { KnownCoefficients } from './coefficients.ts';
import { facts, type Html, html, table } from './html.ts';
import { penaltyInWords, statusInWords } from './sentences.ts';

const numbers = true;
const span = ([low, high]: readonly [number, number], write: (value: number) => string): string =>
  `${write(low)} to ${write(high)}`;

const SPANS = [
  ['Parameters', 'N', count],
  ['Tokens', 'D', count],
  ['FLOPs', 'C', powerOfTen],
  ['Tokens per parameter', 'tokensPerParam', count],
  ['Loss', 'loss', (value: number) => digits(value, 4)],
] as const;

/** What went in: of the table, where it is at hand, and of the rows that were fitted. */
export function dataSection(
  { fittedRange, lossUnit, runs: { read, kept: rows, digest, reading } }: Fit<string>,
  runs?: Runs,
  kept?: Runs,
): Html {
  const [all, used] = [runs, kept].map((some) => (some ? summarizeRuns(some) : undefined));
  const both = (of: (summary: RunsSummary) => string): string[] => (all && used ? [of(all), of(used)] : []);
  const runCount = ({ runs: number }: RunsSummary): string => (number === undefined ? 'not named' : String(number));
  const caption = all ? 'The table, and the rows of it that were fitted' : 'The rows that were fitted';
  const counts = all
    ? [
        ['Rows', String(read), String(rows)],
        ['Training runs', ...both(runCount)],
        ['Model sizes', ...both(({ sizes }) => String(sizes ?? 'unknown'))],
      ]
    : [['Rows', `${rows} of ${read}`]];
  const spans = SPANS.flatMap(([name, key, write]) => {
    const found = all && used ? [all[key], used[key]] : [fittedRange[key]];
    const unit = key === 'loss' ? `, ${lossUnitInWords(lossUnit)}` : '';
    return found.every((one) => one !== undefined) ? [[name + unit, ...found.map((one) => span(one, write))]] : [];
  });
  const columns = all
    ? [{ name: 'Table', numbers } as const, { name: 'Fitted', numbers } as const]
    : [{ name: 'Fitted', numbers } as const];
  return html`${table(caption, [{ name: 'What' }, ...columns], [...counts, ...spans])}
${reading && html`<p>Read: ${readingInWords(reading).join('; ')}.</p>\n`}${findingParts(runs?.warnings ?? [])}
<p class="quiet">Fingerprint of the fitted rows: <code>${digest}</code></p>\n`;
}

/** What was left out, filter by filter. */
export function filterSection({ runs: { read, kept, dropped } }: Fit<string>): Html {
  if (dropped.length === 0) return html`<p>No filters: all ${plural(read, 'row')} were fitted.</p>\n`;
  return html`${table(
    'Filters, in order',
    [{ name: 'Filter' }, { name: 'Rows dropped', numbers }, { name: 'Runs lost', numbers }],
    dropped.map(({ filter, rows, runs }) => [describeFilter(filter), rows, runs]),
  )}<p>${read - kept} of ${plural(read, 'row')} dropped, ${kept} fitted.</p>\n`;
}

/** The coefficients, and where their intervals come from. */
export function coefficientSection(
  { coefficients, by, level }: KnownCoefficients,
  uncertainty: KeptUncertainty | undefined,
): Html {
  const intervals = by !== 'none';
  const rows = coefficients.map(({ name, value, unit, how, standardError, inLogs, lower, upper }) => [
    name,
    digits(value),
    ...(intervals
      ? [
          standardError === undefined ? '' : `${digits(standardError, 3)}${inLogs ? ` of ln ${name}` : ''}`,
          lower === undefined || upper === undefined ? '' : `${digits(lower, 4)} to ${digits(upper, 4)}`,
        ]
      : []),
    [unit === '1' ? '' : unit, how].filter((text) => text !== '').join('; '),
  ]);
  const columns = [
    { name: 'Coefficient' },
    { name: 'Value', numbers } as const,
    ...(intervals
      ? [{ name: 'Standard error', numbers } as const, { name: `${percent(level)} interval`, numbers } as const]
      : []),
    { name: 'Unit' },
  ];
  return html`${table('Coefficients', columns, rows)}<p class="quiet">${provenance(uncertainty)}</p>\n`;
}

function provenance(known: KeptUncertainty | undefined): string {
  switch (known?.kind) {
    case 'bootstrap':
      return (
        `Standard errors and intervals from ${known.replicates} bootstrap re-fits over ${known.units} resampled ` +
        `${known.resample}, seed ${known.seed}; ${known.jumped} ended in another basin, ${known.failed} in no minimum.`
      );
    case 'curvature':
      return 'Standard errors and intervals from the curvature at the optimum, with runs as units. A bootstrap is more reliable where they are wide.';
    case undefined:
      return 'There are no intervals from the curvature at the optimum, because coefficients lie on a bound, lean on a prior, or are not determined by the rows. A bootstrap can give some.';
    default:
      return known satisfies never;
  }
}

/** What was minimised, and how well the law holds. */
export function fitSection(fit: Fit<string>): Html {
  const { objective, starts, quality, residuals, options, status } = fit;
  const largest = -residuals.min > residuals.max ? residuals.min : residuals.max;
  return facts([
    ['Law', lawOf(fit).equation],
    ['Status', statusInWords(status)],
    ['Objective', `${digits(objective.value, 10)} (${penaltyInWords(objective.penalty, objective.space)})`],
    ['Search', `${starts.atBest} of ${starts.tried} starts ended at this best objective; engine ${options.engine}`],
    ['Quality', `R² ${digits(quality.r2, 4)}; mean error ${percent(quality.meanAbsoluteRelativeError)} of loss`],
    ['Largest residual', `${short(largest, 2)}, in row ${residuals.worstRow} of the source`],
  ]);
}

/** Findings in sentences; what the fit itself warns of, where the table is not at hand. */
export function diagnosisSection(diagnosis: Diagnosis | undefined, { warnings }: Fit<string>): Html {
  if (!diagnosis) return html`<p>Not diagnosed: that needs the table of runs.</p>\n${findingParts(warnings)}`;
  if (diagnosis.findings.length === 0) return html`<p>No check found anything wrong with this fit.</p>\n`;
  return html`${findingParts(diagnosis.findings)}`;
}

/** A paragraph or two a finding. */
export const findingParts = (findings: readonly Finding[]): Html[] =>
  findings.map(
    ({
      code,
      severity,
      message,
      advice,
    }) => html`<div class="finding ${severity}"><p><span class="severity">${NAMES[severity]}:</span> ${message}</p>
<p>${advice === undefined ? '' : worded(advice, inCode)} <span class="quiet">${code}</span></p></div>\n`,
  );

const NAMES = { error: 'Error', warning: 'Warning', note: 'Note' } as const;

/** Whom to cite. */
export const citationSection = (citations: readonly Citation[]): Html =>
  facts(citations.map(({ of, source }) => [of, source] as const));
