/** An ablation in words: one line a fit, and sentences on what it shows. */

import type { Ablation as AblationOf, AblationRow as RowOf } from '../ablate/ablation.ts';
import { type Cut, choiceCutsOf, cutsOf } from '../ablate/cuts.ts';
import type { Varied } from '../ablate/vary.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { table } from '../report/text-table.ts';
import { digits, interval, percent, signedPercent } from '../words.ts';
import { answerColumns } from './answer-words.ts';

/** Of any law. */
type Ablation = AblationOf<string>;
type AblationRow = RowOf<string>;

/** A column: its head, and its cell in a row. */
type Column = readonly [header: string, cell: (row: AblationRow) => string];

const allCuts = ({ rows }: Ablation, filters: readonly Varied[]): readonly Cut[] => [
  ...cutsOf(filters),
  ...choiceCutsOf(rows),
];

/** One line a fit, under heads. */
export function ablationInTable(ablation: Ablation, filters: readonly Varied[]): string[][] {
  const { rows, holdOut } = ablation;
  const columns: Column[] = [
    ...allCuts(ablation, filters).map(({ header, value }): Column => [header, value]),
    ['rows', ({ fit }) => (fit ? String(fit.runs.kept) : '-')],
    ...coefficientsOf(rows).map((name): Column => [name, (row) => coefficient(row, name)]),
    ...(holdOut && !rows.some(leavesOut) ? [] : LEFT_OUT),
    ...(holdOut ? HOLD_OUT : []),
    ...answerColumns(rows),
  ];
  return [columns.map(([header]) => header), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
}

/** The table, parted where a line would pass `width`, and the sentences. */
export function ablationInWords(ablation: Ablation, filters: readonly Varied[], width?: number): string[] {
  const { rows, findings } = ablation;
  const intervals = rows.some((row) => row.intervals)
    ? ['+- standard error, or in brackets the 95% interval; all intervals with --format csv or json.']
    : [];
  return [
    ...table(ablationInTable(ablation, filters), 0, width, Math.max(allCuts(ablation, filters).length, 1)),
    ...intervals,
    '',
    ...findings.map(({ message }) => message),
  ];
}

const leavesOut = ({ heldOut }: AblationRow): boolean => (heldOut?.rows ?? 0) > 0;

const LEFT_OUT: readonly Column[] = [
  ['left out', ({ heldOut }) => (heldOut ? String(heldOut.rows) : '-')],
  ['mean error', ({ heldOut }) => ifKnown(heldOut?.meanSignedError, signedPercent)],
  ['worst', ({ heldOut }) => ifKnown(heldOut?.maxAbsoluteRelativeError, percent)],
];

const HOLD_OUT: readonly Column[] = [
  ['hold-out error', ({ fixedHoldOut }) => ifKnown(fixedHoldOut?.meanAbsoluteRelativeError, percent)],
  ['worst', ({ fixedHoldOut }) => ifKnown(fixedHoldOut?.maxAbsoluteRelativeError, percent)],
];

/** Coefficients of all laws of the rows. */
const coefficientsOf = (rows: readonly AblationRow[]): string[] => [
  ...new Set(rows.flatMap(({ fit }) => (fit ? Object.keys(fit.coefficients) : []))),
];

function coefficient({ fit, intervals }: AblationRow, name: string): string {
  const value = fit?.coefficients[name];
  if (!fit || value === undefined) return '-';
  const { standardError, lower, upper } = intervals?.[name] ?? {};
  if (!standardError) return digits(value, 4);
  // The standard error of an amplitude says nothing: it goes with its exponent over powers of ten.
  return lawOf(fit).solver[name]?.scale === 'log'
    ? `${digits(value, 4)} (${interval([lower!, upper!], (end) => digits(end, 2))})`
    : `${digits(value, 4)} +- ${digits(standardError, 2)}`;
}

const ifKnown = (value: number | null | undefined, write: (value: number) => string): string =>
  value === null || value === undefined ? '-' : write(value);
