/** A fit in words: the law, how well it holds, and on which rows. */

import { frontierExponents } from '../allocate/frontier.ts';
import { describeFilter } from '../filters/filter.ts';
import type { Fit } from '../fit/fit.ts';
import type { FitStatus } from '../fit/status.ts';
import { lawNamed } from '../laws/registry.ts';
import type { Penalty, Space } from '../objective/penalty.ts';
import { spanInWords } from './extrapolation.ts';
import { bootstrapLines, endsInWords, hardlyKnown, type Uncertainty } from './uncertainty.ts';
import { digits, list, percent, table } from './words.ts';

/** The fit as lines, with its uncertainty where it was bootstrapped. */
export function fitInWords(fit: Fit, uncertainty?: Uncertainty): string[] {
  const { objective, starts, runs, quality, fittedRange, residuals } = fit;
  const { tried, atBest } = starts;
  const range = (['N', 'D', 'C', 'tokensPerParam'] as const).map((name) => spanInWords(name, fittedRange[name]));
  const [low, high] = fittedRange.loss;
  const largest = -residuals.min > residuals.max ? residuals.min : residuals.max;
  return [
    equation(fit),
    '',
    ...coefficientLines(fit, uncertainty),
    '',
    ...table(
      [
        ['rows', `${runs.read} read, ${runs.kept} kept`],
        ...runs.dropped.map(({ filter, rows }) => ['', `${rows} dropped by ${describeFilter(filter)}`]),
        ['status', statusInWords(fit.status)],
        ['objective', `${digits(objective.value, 10)} (${penaltyInWords(objective.penalty, objective.space)})`],
        ['starts', `${atBest} of ${tried} ended at this best objective`],
        ['quality', `R2 ${digits(quality.r2, 4)}, mean error ${percent(quality.meanAbsoluteRelativeError)} of loss`],
        ['', `largest residual ${digits(largest, 2)}, in row ${residuals.worstRow} of the source`],
        ['fitted on', range.slice(0, 2).join(', ')],
        ['', range.slice(2).join(', ')],
        ['', `losses from ${digits(low, 4)} to ${digits(high, 4)} nats per token`],
        ['frontier', frontierInWords(fit)],
        ...(uncertainty ? uncertaintyCells(uncertainty) : []),
      ],
      2,
    ),
    ...before('', uncertainty ? hardlyKnown(fit.law, fit.coefficients, uncertainty) : []),
  ];
}

/** The law with its numbers in place: `L(N, D) = 1.69 + 406.4 / N^0.34 + 410.7 / D^0.28`. */
function equation({ law, coefficients }: Fit): string {
  const values = new Map<string, number>(Object.entries(coefficients));
  return lawNamed(law).equation.replace(/[A-Za-z]+/g, (word) => {
    const value = values.get(word);
    return value === undefined ? word : digits(value);
  });
}

const before = (first: string, lines: readonly string[]): string[] => (lines.length > 0 ? [first, ...lines] : []);

function uncertaintyCells(uncertainty: Uncertainty): string[][] {
  const { frontier, level } = uncertainty;
  return [
    ...(frontier ? [['', `${percent(level)} interval of the exponent of N: ${endsInWords(frontier.interval)}`]] : []),
    ...bootstrapLines(uncertainty).map((line, i) => [i === 0 ? 'bootstrap' : '', line]),
  ];
}

function coefficientLines({ law, coefficients, options }: Fit, uncertainty?: Uncertainty): string[] {
  const { units } = lawNamed(law);
  const how = (name: string): string => {
    if (Object.hasOwn(options.fixed, name)) return 'given';
    const group = options.tied.find((one) => one.includes(name));
    return group ? `tied: ${group.join(' = ')}` : '';
  };
  const unit = (name: string): string => (units[name] === '1' ? '' : units[name]!);
  const lines = Object.entries(coefficients).map(([name, value]) => [name, digits(value), unit(name), how(name)]);
  if (!uncertainty) return table(lines, 4);
  const { standardErrors, intervals, level } = uncertainty;
  const withErrors = lines.map(([name = '', value = '', ...rest]) => {
    const [lower, upper] = intervals[name]!;
    const known = lower === upper;
    return [
      name,
      value,
      known ? '' : errorInWords(standardErrors[name]!),
      known ? '' : endsInWords([lower, upper]),
      ...rest,
    ];
  });
  return table([['', '', 'std. error', `${percent(level)} interval`, '', ''], ...withErrors], 6);
}

const errorInWords = (value: number): string => (value < Number.POSITIVE_INFINITY ? digits(value, 3) : 'no bound');

/** What a status means for whoever wants to use the coefficients. */
export function statusInWords(status: FitStatus): string {
  switch (status.kind) {
    case 'converged':
      return 'converged: a minimum inside all bounds, and the rows determine every coefficient';
    case 'at-bound':
      return `at a bound: the rows would push ${list(status.coefficients.map(({ name }) => name))} further`;
    case 'unidentified':
      return `unidentified: the rows do not determine ${list(status.coefficients)}`;
    case 'not-converged':
      return 'not converged: no start ended in a minimum; do not use these numbers';
    default:
      return status satisfies never;
  }
}

function penaltyInWords(penalty: Penalty, space: Space): string {
  const kind = penalty.kind === 'huber' ? `Huber penalty, delta ${penalty.delta}` : `${penalty.kind} penalty`;
  const weight = penalty.overestimateWeight;
  const lopsided = weight === undefined ? '' : `, over-estimates ${weight} x`;
  return `${kind}${lopsided}, on ${space === 'log' ? 'log loss' : 'loss'}, summed over rows`;
}

function frontierInWords({ coefficients }: Fit): string {
  const flat = (['A', 'B', 'alpha', 'beta'] as const).filter((name) => !(coefficients[name] > 0));
  if (flat.length > 0) return `none: with ${list(flat)} at 0, one of N and D is worth nothing`;
  const { a, b } = frontierExponents(coefficients);
  return `compute-optimal N grows as C^${digits(a, 3)}, D as C^${digits(b, 3)}`;
}
