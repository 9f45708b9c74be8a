/** An ablation as a table for spreadsheets, for a report, or as data. */

import { refusal } from '../errors.ts';
import { describeFilter } from '../filters/filter.ts';
import type { RelativeErrors } from '../hold-out/relative-error.ts';
import { lawOf } from '../laws/fitted-law.ts';
import type { Penalty } from '../objective/penalty.ts';
import { type Cell, markdownOf, type Sheet, sheetCsv, sheetOf } from '../tables/sheet.ts';
import type { Interval } from '../uncertainty/intervals.ts';
import type { Ablation, AblationRow } from './ablation.ts';
import type { OptimumTarget } from './answers.ts';

/** Forms of a written ablation. */
export type AblationFormat = 'csv' | 'markdown' | 'json';

/** Headers and cells of one row, in order. */
type Line = readonly (readonly [header: string, cell: Cell])[];

/**
 * Writes an ablation as text, one line a row.
 *
 * @param ablation - Result of {@link ablate}.
 * @param format - `csv`: every number in full; `markdown`: a table with four digits, without columns that say the same in every row;
 *   `json`: the ablation itself, indented.
 * @returns Text that ends in a newline.
 * @throws {ScalingLawsError} `E_ARGUMENT` for another format.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const ablation = ablate(runs, { filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, 1000] }] });
 * formatAblation(ablation, 'csv').split('\n')[0]!.startsWith('filters,law,penalty,space,weights,rows') // => true
 */
export function formatAblation(ablation: Ablation<string>, format: AblationFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(ablation, null, 2)}\n`;
    case 'csv':
      return sheetCsv(ablationSheet(ablation));
    case 'markdown':
      return markdownOf(ablationSheet(ablation));
    default:
      return unknownFormat(format);
  }
}

function unknownFormat(format: never): never {
  throw refusal('format', 'be csv, markdown or json', format);
}

/** Columns that say how a row was made. */
const CHOICES: readonly string[] = ['filters', 'law', 'penalty', 'space', 'weights'];

/** Every number of an ablation, one line a row. */
export function ablationSheet({ rows }: Ablation<string>): Sheet {
  return sheetOf(rows.map(lineOf), CHOICES);
}

function lineOf(row: AblationRow<string>): Line {
  const { filters, choice, fit, heldOut, fixedHoldOut, predictions = [], optima = [], error } = row;
  return [
    ['filters', filters.map(describeFilter).join('; ') || 'none'],
    ['law', choice.law],
    ['penalty', penaltyInWords(choice.penalty)],
    ['space', choice.space],
    ['weights', choice.weights],
    ['rows', fit?.runs.kept ?? null],
    ...(fit ? coefficientCells(row) : []),
    ...(fit
      ? ([
          ['objective', fit.objective.value],
          ['status', fit.status.kind],
        ] as const)
      : []),
    ...errorCells('held out', heldOut),
    ...(fixedHoldOut ? errorCells('fixed hold-out', fixedHoldOut) : []),
    ...predictions.flatMap(({ N, D, loss, interval }) => withInterval(`loss at N ${N} D ${D}`, loss, interval)),
    ...optima.flatMap(({ target, optimum, intervals }) =>
      // A column for it needs a law that has one.
      (optimum ? (['N', 'D'] as const) : []).flatMap((of) =>
        withInterval(`${of}* at ${targetInWords(target)}`, optimum![of], intervals?.[of]),
      ),
    ),
    ...(error ? ([['error', error.message]] as const) : []),
  ];
}

function coefficientCells({ fit, intervals }: AblationRow<string>): Line {
  const { coefficients } = fit!;
  return lawOf(fit!).coefficients.flatMap((name) => withInterval(name, coefficients[name]!, intervals?.[name]));
}

const withInterval = (name: string, value: number | null, interval: Interval | undefined): Line => [
  [name, value],
  ...(interval
    ? ([
        [`${name} lower`, interval.lower],
        [`${name} upper`, interval.upper],
      ] as const)
    : []),
];

const errorCells = (name: string, errors: RelativeErrors | null): Line =>
  errors
    ? [
        [`${name} rows`, errors.rows],
        [`${name} mean signed error`, errors.meanSignedError],
        [`${name} ARE`, errors.meanAbsoluteRelativeError],
        [`${name} max ARE`, errors.maxAbsoluteRelativeError],
      ]
    : [];

function penaltyInWords(penalty: Penalty): string {
  const { overestimateWeight: over } = penalty;
  const words = penalty.kind === 'huber' ? `huber ${penalty.delta}` : penalty.kind;
  return over === undefined ? words : `${words}, overestimates x ${over}`;
}

const targetInWords = (target: OptimumTarget): string =>
  'C' in target ? `C ${target.C}` : `loss ${target.loss} Dinf ${target.Dinf}`;
