/** The rows that a fit was made from, found again in a table of runs. */

import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import { weighRuns } from '../filters/weigh.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { digestRuns } from '../runs/digest.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';
import { otherVariables } from '../runs/variables.ts';
import type { Fit } from './fit.ts';

/**
 * The rows of `runs` that entered `fit`, with the weights they had there.
 *
 * @param runs - The rows themselves, or the table they were filtered from.
 * @returns Rows whose fingerprint is the fit's.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these runs do not hold the rows behind the fit.
 * @example
 * const runs = simulateRuns({ law: publishedLaws.sardana2024, layout: { kind: 'sardana' }, seed: 1 });
 * const fit = fitScalingLaw(runs, { filters: [{ kind: 'drop-top-loss', count: 5 }] });
 * rowsOf(fit, runs).length === runs.length - 5 // => true
 */
export function rowsOf(fit: Fit<string>, runs: Runs): Runs {
  const others = otherVariables(lawOf(fit).variables);
  for (const rows of [() => runs, () => numbered(fit, runs), () => filtered(fit, runs)]) {
    const found = rows();
    const weighed = found && weighRuns(found, fit.options.weights);
    if (weighed && digestRuns(weighed, others) === fit.runs.digest) return weighed;
  }
  throw new ScalingLawsError(
    'E_RUNS_MISMATCH',
    `runs must be the ${fit.runs.kept} rows behind the fit, or the table they were filtered from, got ${runs.length} other rows`,
    { kept: fit.runs.kept, rows: runs.length },
  );
}

/** The rows of the numbers that the fit recorded: also where a function said which rows stay, which cannot be saved. */
function numbered({ runs: { rows } }: Fit<string>, runs: Runs): Runs | undefined {
  const kept = Array.from(runs.row.keys()).filter((i) =>
    rows?.some(([from, to]) => runs.row[i]! >= from && runs.row[i]! <= to),
  );
  return kept.length > 0 ? takeRuns(runs, kept) : undefined;
}

/** What the recorded filters leave: a fit of an earlier version did not record its rows. */
function filtered(fit: Fit<string>, runs: Runs): Runs | undefined {
  const filters = fit.runs.dropped.map(({ filter }) => filter);
  return filters.some(({ kind }) => kind === 'predicate')
    ? undefined
    : applyFilters(runs, filters as readonly Filter[]).kept;
}

/** Row numbers as spans of numbers that follow each other: `[[1, 240], [242, 242]]`. */
export function rowSpans(rows: Int32Array): readonly (readonly [from: number, to: number])[] {
  const spans: [number, number][] = [];
  for (const row of rows) {
    const last = spans.at(-1);
    if (last && row === last[1] + 1) last[1] = row;
    else spans.push([row, row]);
  }
  return spans;
}
