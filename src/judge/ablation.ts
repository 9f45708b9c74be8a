/** What several fits to cuts of the same runs show together: by the rows each left out, by a hold-out, by their answers. */

import { type Finding, finding } from '../finding.ts';
import { interval, percent, plural } from '../words.ts';

/** A mean error of rows left out from which a cut is said to mislead: what is left unexplained of good runs. */
const TELLING = 0.01;
/** Mean errors on one hold-out that differ by less than this are taken for equal: runs differ by more with their seed alone. */
const ALIKE = 0.001;

/** Relative errors over some rows; null where there are none. */
interface Errors {
  readonly rows: number;
  readonly meanSignedError: number | null;
  readonly meanAbsoluteRelativeError: number | null;
  readonly maxAbsoluteRelativeError: number | null;
}

/** One fit of an ablation. */
export interface AblatedFit {
  /** Its cut after "the fit": `at <= 100 tokens per parameter`. */
  readonly words: string;
  readonly heldOut: Errors | null;
  readonly fixedHoldOut?: Errors | undefined;
}

/** What it means if the rows that a cut left out are predicted too low, or too high. */
export interface Meaning {
  readonly tooLow: string;
  readonly tooHigh: string;
}

/** What the rows left out show: one finding about the cut that is the strongest test. */
export function leftOutFinding(fits: readonly AblatedFit[], meaning?: Meaning): Finding {
  const judged = fits.flatMap(({ words, heldOut }) =>
    heldOut && heldOut.rows > 0
      ? [{ words, rows: heldOut.rows, mean: heldOut.meanSignedError!, worst: heldOut.maxAbsoluteRelativeError! }]
      : [],
  );
  if (judged.length === 0) {
    return finding('W_NOTHING_LEFT_OUT', 'No fit left out rows by which to judge it.', { severity: 'note' });
  }
  const misled = judged.filter(({ mean }) => Math.abs(mean) > TELLING);
  if (misled.length === 0) {
    const worst = Math.max(...judged.map((one) => one.worst));
    return finding(
      'W_CUT_HARMLESS',
      `Every fit predicts the rows it left out within ${percent(TELLING)} on average (worst ${percent(worst)}): the cut hardly matters.`,
      { severity: 'note', evidence: { worst } },
    );
  }
  // The cut that leaves out most is the strongest test.
  const { words, rows, mean, worst } = misled.reduce((a, b) => (b.rows > a.rows ? b : a));
  const low = mean < 0;
  const why = meaning ? `: ${low ? meaning.tooLow : meaning.tooHigh}` : '';
  return finding(
    'W_CUT_MISLEADS',
    `The fit ${words} predicts the ${plural(rows, 'row')} it left out ${percent(Math.abs(mean))} too ${low ? 'low' : 'high'} on average ` +
      `(worst ${percent(worst)})${why}.`,
    { evidence: { rows, meanSignedError: mean, maxAbsoluteRelativeError: worst } },
  );
}

/** How the fits do on the rows that none of them saw. */
export function holdOutFinding(fits: readonly AblatedFit[], heldOut: string): Finding {
  const judged = fits.flatMap(({ words, fixedHoldOut }) => {
    const error = fixedHoldOut?.meanAbsoluteRelativeError ?? null;
    return error === null ? [] : [{ words, rows: fixedHoldOut!.rows, error }];
  });
  const note = (message: string, evidence = {}): Finding =>
    finding('W_HOLD_OUT', message, { severity: 'note', evidence });
  if (judged.length === 0) return note('No fit could be judged on the hold-out.');
  const best = judged.reduce((a, b) => (b.error < a.error ? b : a));
  const worst = judged.reduce((a, b) => (b.error > a.error ? b : a));
  const evidence = { rows: best.rows, least: best.error, most: worst.error };
  const [least, most] = [percent(best.error), percent(worst.error)];
  const on = `On the hold-out (${heldOut}: ${plural(best.rows, 'row')} that no fit saw), the mean absolute error is`;
  if (judged.length === 1) return note(`${on} ${least}.`, evidence);
  if (worst.error - best.error < ALIKE) {
    return note(`${on} ${least === most ? least : `${least} to ${most}`}: the choice hardly matters there.`, evidence);
  }
  return note(
    `${on} least, ${least}, for the fit ${best.words}, and most, ${most}, for the fit ${worst.words}.`,
    evidence,
  );
}

/** How far the fits disagree on an answer; nothing where fewer than two have one. */
export function answerFindings(what: string, values: readonly number[], write: (value: number) => string): Finding[] {
  if (values.length < 2) return [];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const message = `${what} depends on the choice of the fit: ${interval([least, most], write)}, ${percent(most / least - 1)} apart.`;
  return [finding('W_ANSWER_VARIES', message, { severity: 'note', evidence: { least, most } })];
}
