/** What every fit of an ablation answers, in words: the loss at a point, and the best model for a budget or a loss. */

import type { AblationRow as RowOf } from '../ablate/ablate.ts';
import type { OptimumTarget } from '../ablate/answers.ts';
import { count, digits, listed, percent, power } from '../words.ts';

/** Of any law. */
type AblationRow = RowOf<string>;

/** A column: its head, and its cell in a row. */
type Column = readonly [header: string, cell: (row: AblationRow) => string];

/** All rows are asked the same; a row without a fit has no answer. */
export function answerColumns(rows: readonly AblationRow[]): readonly Column[] {
  const { predictions = [], optima = [] } = rows.find(({ fit }) => fit) ?? {};
  return [
    ...predictions.map(
      ({ N, D }, i): Column => [
        `loss at ${count(N)}, ${count(D)}`,
        (row) => {
          const { loss, interval } = row.predictions?.[i] ?? {};
          return withInterval(loss, interval, (value) => digits(value, 4));
        },
      ],
    ),
    ...optima.flatMap(({ target }, i) =>
      (['N', 'D'] as const).map(
        (of): Column => [
          `best ${of} for ${targetInWords(target)}`,
          (row) => {
            const { optimum, intervals } = row.optima?.[i] ?? {};
            return withInterval(optimum?.[of], intervals?.[of], count);
          },
        ],
      ),
    ),
  ];
}

function withInterval(
  value: number | undefined,
  interval: { readonly lower: number; readonly upper: number } | undefined,
  write: (value: number) => string,
): string {
  if (value === undefined) return '-';
  return write(value) + (interval ? ` (${write(interval.lower)} to ${write(interval.upper)})` : '');
}

function targetInWords(target: OptimumTarget): string {
  if ('C' in target) return `${power(target.C)} FLOPs`;
  return `loss ${digits(target.loss)}${target.Dinf > 0 ? `, ${count(target.Dinf)} served` : ''}`;
}

/** How far the fits disagree on what they were asked. */
export function onAnswers(rows: readonly AblationRow[]): string[] {
  const { predictions = [], optima = [] } = rows.find(({ fit }) => fit) ?? {};
  return [
    ...predictions.map(({ N, D }, i) => {
      const losses = rows.flatMap((row) => row.predictions?.[i]?.loss ?? []);
      return spread(`The loss of ${count(N)} parameters on ${count(D)} tokens`, losses, (value) => digits(value, 4));
    }),
    ...optima.map(({ target }, i) => {
      const sizes = rows.flatMap((row) => row.optima?.[i]?.optimum?.N ?? []);
      return spread(`The best size for ${targetInWords(target)}`, sizes, count);
    }),
  ].flat();
}

function spread(what: string, values: readonly number[], write: (value: number) => string): string[] {
  if (values.length < 2) return [];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const range = `from ${write(least)} to ${write(most)}, by ${percent(most / least - 1)}`;
  return [`${what} goes ${range}, with the choice of the fit.`];
}

/** Answers of a fit that lie beyond its runs, and optima that it does not have. */
export function answerWarnings({ predictions = [], optima = [] }: AblationRow): readonly { message: string }[] {
  const points = predictions.filter(({ extrapolation }) => extrapolation);
  const best = optima.filter(({ optimum }) => optimum?.extrapolation);
  return [
    ...beyond(
      points.map(({ N, D }) => `${count(N)} parameters on ${count(D)} tokens`),
      'the loss',
    ),
    ...(best.length > 0
      ? beyond([`the optimum for ${listed(best.map(({ target }) => targetInWords(target)))}`], 'it')
      : []),
    ...optima.flatMap(({ target, error }) =>
      error ? [{ message: `no optimum for ${targetInWords(target)}: ${error.message}` }] : [],
    ),
  ];
}

function beyond(points: readonly string[], answer: string): { message: string }[] {
  if (points.length === 0) return [];
  const lie = points.length === 1 ? 'lies' : 'lie';
  return [
    {
      message: `extrapolation: ${listed(points)} ${lie} outside the runs behind the fit; take ${answer} as a guess`,
    },
  ];
}
