/** The families in a table of runs: models of one recipe in several sizes (Choshen et al. 2024, arXiv:2410.11840). */

import { ScalingLawsError } from '../errors.ts';
import { type Runs, takeRuns } from '../runs/runs.ts';

/** One family and its rows. */
export interface Family {
  readonly name: string;
  readonly runs: Runs;
}

/**
 * The rows of each family, families in the order in which they come.
 *
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` if no column names the family of a row.
 */
export function familiesOf(runs: Runs): readonly Family[] {
  if (!runs.family) {
    throw new ScalingLawsError(
      'E_COLUMN_MISSING',
      { argument: 'columns.family', rule: 'name the column with the family of each row', got: 'none' },
      { column: 'family' },
    );
  }
  const rows = new Map<string, number[]>();
  runs.family.forEach((name, i) => {
    const known = rows.get(name);
    if (known) known.push(i);
    else rows.set(name, [i]);
  });
  return Array.from(rows, ([name, index]) => ({ name, runs: takeRuns(runs, index) }));
}
