/** What every fit of an ablation answers, in words: the loss at a point, and the best model for a budget or a loss. */

import type { AblationRow as RowOf } from '../ablate/ablation.ts';
import { targetInWords } from '../ablate/findings.ts';
import { count, digits } from '../words.ts';

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
