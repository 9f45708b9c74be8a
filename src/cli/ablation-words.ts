/** An ablation in words: one line a fit, and sentences on what it shows. */

import type { Ablation as AblationOf, AblationRow as RowOf } from '../ablate/ablate.ts';
import type { Varied } from '../ablate/vary.ts';
import type { RecordedHoldOut } from '../hold-out/split.ts';
import { digits, percent, plural } from '../words.ts';
import { answerColumns, answerWarnings, onAnswers } from './answer-words.ts';
import { type Cut, choiceCutsOf, cutsOf } from './cuts.ts';
import { signedPercent, table } from './words.ts';

/** A mean error of rows left out from which a cut is said to mislead: what is left unexplained of good runs. */
const TELLING = 0.01;
/** Mean errors on one hold-out that differ by less than this are taken for equal: runs differ by more with their seed alone. */
const ALIKE = 0.001;

/** Of any law. */
type Ablation = AblationOf<string>;
type AblationRow = RowOf<string>;

/** A column: its head, and its cell in a row. */
type Column = readonly [header: string, cell: (row: AblationRow) => string];

/** The table, parted where a line would pass `width`, and the sentences. */
export function ablationInWords({ rows, holdOut }: Ablation, filters: readonly Varied[], width?: number): string[] {
  const cuts = [...cutsOf(filters), ...choiceCutsOf(rows)];
  const columns: Column[] = [
    ...cuts.map(({ header, value }): Column => [header, value]),
    ['rows', ({ fit }) => (fit ? String(fit.runs.kept) : '-')],
    ...coefficientsOf(rows).map((name): Column => [name, (row) => coefficient(row, name)]),
    ...(holdOut && !rows.some(leavesOut) ? [] : LEFT_OUT),
    ...(holdOut ? HOLD_OUT : []),
    ...answerColumns(rows),
  ];
  const lines = [columns.map(([header]) => header), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
  const intervals = rows.some((row) => row.intervals)
    ? ['+- standard error; intervals with --format csv or json.']
    : [];
  return [
    ...table(lines, 0, width, Math.max(cuts.length, 1)),
    ...intervals,
    '',
    ...findings(rows, cutsOf(filters), cuts, holdOut),
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
  if (value === undefined) return '-';
  const error = intervals?.[name]?.standardError;
  return `${digits(value, 4)}${error ? ` +- ${digits(error, 2)}` : ''}`;
}

const ifKnown = (value: number | null | undefined, write: (value: number) => string): string =>
  value === null || value === undefined ? '-' : write(value);

function findings(
  rows: readonly AblationRow[],
  filterCuts: readonly Cut[],
  cuts: readonly Cut[],
  holdOut: RecordedHoldOut | undefined,
): string[] {
  return [
    ...(holdOut && !rows.some(leavesOut) ? [] : [onLeftOut(rows, filterCuts, cuts)]),
    ...(holdOut ? onHoldOut(rows, cuts, holdOut) : []),
    ...onAnswers(rows),
  ];
}

/** What the rows left out show, in one sentence about the cut that speaks loudest. */
function onLeftOut(rows: readonly AblationRow[], filterCuts: readonly Cut[], cuts: readonly Cut[]): string {
  const judged = rows.flatMap((row) => {
    const { rows: leftOut, meanSignedError: mean, maxAbsoluteRelativeError: worst } = row.heldOut ?? {};
    return leftOut ? [{ row, leftOut, mean: mean!, worst: worst! }] : [];
  });
  if (judged.length === 0) return 'No fit left out rows to judge it by.';
  const misled = judged.filter(({ mean }) => Math.abs(mean) > TELLING);
  if (misled.length === 0) {
    const worst = percent(Math.max(...judged.map((one) => one.worst)));
    return `Every fit predicts the rows it left out within ${percent(TELLING)} on average (worst ${worst}): the cut hardly matters.`;
  }
  // The cut that leaves out most is the strongest test.
  const { row, leftOut, mean, worst } = misled.reduce((a, b) => (b.leftOut > a.leftOut ? b : a));
  const meaning = filterCuts.length === 1 ? filterCuts[0]!.meaning : undefined;
  return (
    `The fit ${inWords(cuts, row)} predicts the ${plural(leftOut, 'row')} it left out ` +
    `${percent(Math.abs(mean))} too ${mean < 0 ? 'low' : 'high'} on average (worst ${percent(worst)})` +
    `${meaning ? `: ${mean < 0 ? meaning.tooLow : meaning.tooHigh}` : ''}.`
  );
}

/** How the fits do on the rows that none of them saw. */
function onHoldOut(rows: readonly AblationRow[], cuts: readonly Cut[], holdOut: RecordedHoldOut): string[] {
  const judged = rows.flatMap((row) => {
    const { rows: number = 0, meanAbsoluteRelativeError: error = null } = row.fixedHoldOut ?? {};
    return error === null ? [] : [{ row, number, error }];
  });
  if (judged.length === 0) return ['No fit could be judged on the hold-out.'];
  const best = judged.reduce((a, b) => (b.error < a.error ? b : a));
  const worst = judged.reduce((a, b) => (b.error > a.error ? b : a));
  const head = `Hold-out (${holdOutInWords(holdOut)}: ${plural(best.number, 'row')} that no fit saw): mean absolute error`;
  if (judged.length === 1) return [`${head} ${percent(best.error)}.`];
  const [least, most] = [percent(best.error), percent(worst.error)];
  const span = `${head} ${least === most ? least : `${least} to ${most}`}`;
  if (worst.error - best.error < ALIKE) return [`${span}; the choice hardly matters there.`];
  return [
    `${span};`,
    `    least for the fit ${inWords(cuts, best.row)},`,
    `    most for the fit ${inWords(cuts, worst.row)}.`,
  ];
}

/** What was held out. */
export function holdOutInWords(how: RecordedHoldOut): string {
  switch (how.kind) {
    case 'largest-N':
      return how.sizes === 1 ? 'the largest size' : `the largest ${how.sizes} sizes`;
    case 'largest-D':
      return `the ${percent(how.fraction)} of most tokens`;
    case 'last-of-largest':
      return `the last ${percent(how.share!)} of the largest size`;
    case 'predicate':
      return how.name;
    default:
      return how satisfies never;
  }
}

/**
 * Warnings of the fits and of their answers, and reasons of those that could not be made; said once, with the cuts that they belong to.
 */
export function ablationWarnings({ rows }: Ablation, filters: readonly Varied[]): readonly { message: string }[] {
  const cuts = [...cutsOf(filters), ...choiceCutsOf(rows)];
  const where = new Map<string, string[]>();
  for (const row of rows) {
    const { fit, error } = row;
    for (const { message } of [...(fit?.warnings ?? []), ...(error ? [error] : []), ...answerWarnings(row)]) {
      where.set(message, [...(where.get(message) ?? []), inWords(cuts, row)]);
    }
  }
  return [...where].map(([message, places]) => ({
    message: places.length === rows.length ? message : `${places.join('; ')}: ${message}`,
  }));
}

const inWords = (cuts: readonly Cut[], row: AblationRow): string => cuts.map(({ words }) => words(row)).join(', ');
