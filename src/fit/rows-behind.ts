/** The rows that a saved fit was made from, found again in a table of runs. */

import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import { lawNamed } from '../laws/registry.ts';
import { digestRuns } from '../runs/digest.ts';
import type { Runs } from '../runs/runs.ts';
import { otherVariables } from '../runs/variables.ts';
import type { Fit } from './fit.ts';

/**
 * The rows of `runs` that entered `fit`.
 *
 * @param runs - The rows themselves, or the table they were filtered from: then the filters recorded in the fit are applied again.
 * @returns Rows whose fingerprint is the fit's.
 * @throws {ScalingLawsError} `E_RUNS_MISMATCH` if these runs, filtered or not, are not the rows behind the fit. A fit whose filters
 *   include a predicate needs the rows themselves (`applyFilters(runs, filters).kept`), because a function cannot be saved.
 */
export function rowsBehind(fit: Fit<string>, runs: Runs): Runs {
  const others = otherVariables(lawNamed(fit.law).variables);
  if (digestRuns(runs, others) === fit.runs.digest) return runs;
  const filters = fit.runs.dropped.map(({ filter }) => filter);
  if (!filters.some(({ kind }) => kind === 'predicate')) {
    const { kept } = applyFilters(runs, filters as readonly Filter[]);
    if (digestRuns(kept, others) === fit.runs.digest) return kept;
  }
  throw new ScalingLawsError(
    'E_RUNS_MISMATCH',
    `runs must be the ${fit.runs.kept} rows behind the fit, or the table they were filtered from, got ${runs.length} other rows`,
    { kept: fit.runs.kept, rows: runs.length },
  );
}
