/** What commands have in common that fit a law to some rows and judge it on others. */

import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import type { FitOptions } from '../fit/options.ts';
import type { JudgedFit } from '../hold-out/judged-fit.ts';
import type { LawForm } from '../laws/law.ts';
import type { LawName } from '../laws/registry.ts';
import type { Runs } from '../runs/runs.ts';
import { percent, signedPercent } from '../words.ts';
import { fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import type { FlagSet } from './flags.ts';
import type { Io } from './io.ts';
import { columnFlags, FILTER_ORDER, filterFlags, readRows } from './rows.ts';
import { table } from './words.ts';

/** Flags of the rows and of the fits. */
export const JUDGED_SETS = { columns: columnFlags, filters: filterFlags(false), fit: fitFlags, law: lawFlags };

/** Which rows the filters leave out. */
export const JUDGED_NOTES = `${FILTER_ORDER}
--equals takes rows from both sides, every other filter from the fits alone. The warnings of the fits are in --json.`;

type Said = { readonly [K in keyof typeof JUDGED_SETS]: (typeof JUDGED_SETS)[K] extends FlagSet<infer T> ? T : never };

/** The table without rows of other experiments, and how the rest is fitted. */
export async function judgedInput(
  files: readonly string[],
  flags: Said,
  io: Io,
): Promise<{ readonly runs: Runs; readonly options: FitOptions<LawName | LawForm> }> {
  const options = await fitOptionsOf(flags.fit, flags.law);
  const filters = flags.filters as readonly Filter[];
  const rows = await readRows(files, flags.columns, io, options.law);
  const equals = filters.filter(({ kind }) => kind === 'equals');
  return { runs: applyFilters(rows, equals).kept, options: { ...options, filters } };
}

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
