/** What commands have in common that fit a law to some rows and judge it on others. */

import type { Varied } from '../ablate/vary.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import type { JudgedFit } from '../hold-out/judged-fit.ts';
import { table } from '../report/text-table.ts';
import type { Runs } from '../runs/runs.ts';
import { percent, signedPercent } from '../words.ts';
import { FILTER_ORDER } from './rows.ts';

/** Which rows the filters leave out. */
export const JUDGED_NOTES = `${FILTER_ORDER}
--equals takes rows from both sides, every other filter from the fits alone. The warnings of the fits are in --json.`;

/** `runs` without those of other experiments. */
export const ofExperiment = (runs: Runs, filters: readonly Varied[] = []): Runs =>
  applyFilters(runs, filters.filter(({ kind }) => kind === 'equals') as readonly Filter[]).kept;

/** One line for each fit: its labels, its rows, its errors; then why some could not be made. */
export function judgedLines(
  labels: readonly string[],
  fits: readonly { readonly labels: readonly string[]; readonly judged: JudgedFit<string> }[],
): string[] {
  const rows = fits.map(({ labels: own, judged: { fit, heldOut } }) => {
    if (!fit || !heldOut) return [...own, 'not fitted', '', '', '', ''];
    const { meanAbsoluteRelativeError: error, meanSignedError: signed, maxAbsoluteRelativeError: worst } = heldOut;
    const errors = error === null ? ['', '', ''] : [percent(error), signedPercent(signed!), percent(worst!)];
    return [...own, String(fit.runs.kept), String(heldOut.rows), ...errors];
  });
  const reasons = new Set(fits.flatMap(({ judged: { error } }) => error?.message ?? []));
  return [
    ...table([[...labels, 'rows', 'held out', 'mean error', 'signed', 'worst'], ...rows], labels.length),
    ...(reasons.size > 0 ? ['', ...reasons] : []),
  ];
}
