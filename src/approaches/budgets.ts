/** Which rows share a training budget: the groups of an IsoFLOP design. */

import { refusal } from '../errors.ts';
import { columnNamed, columnNames } from '../filters/row.ts';
import type { Runs } from '../runs/runs.ts';
import { positive, text } from '../schema/fields.ts';
import { type OutputOf, optional } from '../schema/objects.ts';

/** Rows of one budget. */
export interface Budget {
  /** FLOPs: the geometric mean over the rows. */
  readonly C: number;
  /** Row positions, by rising N, then by rising loss. */
  readonly rows: readonly number[];
}

/** Neighbouring budgets of published designs differ by a factor of 1.6 or more; compute counted two ways by less than a tenth. */
export const DEFAULT_BUDGET_TOLERANCE = 0.1;

/** How rows are grouped. */
export const budgetEntries = {
  group: optional(
    text({
      help: 'Column that names the budget of a row.',
      otherwise: 'rows of nearly equal FLOPs',
      placeholder: 'column',
    }),
  ),
  tolerance: optional(
    positive('relative compute', {
      help: 'Largest relative difference of FLOPs within a budget.',
      placeholder: 'share',
    }),
    DEFAULT_BUDGET_TOLERANCE,
  ),
};
export type BudgetOptions = OutputOf<typeof budgetEntries>;

/**
 * Groups rows by budget, by rising C.
 *
 * @throws {ScalingLawsError} `E_ARGUMENT` if there is no column `group`.
 */
export function budgetsOf(runs: Runs, { group, tolerance }: BudgetOptions): readonly Budget[] {
  const groups = group === undefined ? clusters(runs, tolerance) : byColumn(runs, group);
  const { N, C, loss } = runs;
  return groups
    .map((rows) => ({
      C: C[rows[0]!]! * Math.exp(rows.reduce((sum, i) => sum + Math.log(C[i]! / C[rows[0]!]!), 0) / rows.length),
      rows: rows.sort((i, j) => N[i]! - N[j]! || loss[i]! - loss[j]! || i - j),
    }))
    .sort((one, two) => one.C - two.C);
}

function byColumn(runs: Runs, group: string): number[][] {
  const cells = columnNamed(runs, group);
  if (!cells) {
    throw refusal('group', `be a column (${columnNames(runs).join(', ')})`, group);
  }
  const groups = new Map<unknown, number[]>();
  for (let i = 0; i < runs.length; i++) {
    const rows = groups.get(cells[i]);
    if (rows) rows.push(i);
    else groups.set(cells[i], [i]);
  }
  return [...groups.values()];
}

function clusters({ length, C }: Runs, tolerance: number): number[][] {
  const groups: number[][] = [];
  let start = 0;
  for (const i of Array.from({ length }, (_, i) => i).sort((i, j) => C[i]! - C[j]!)) {
    if (groups.length > 0 && C[i]! <= start * (1 + tolerance)) groups.at(-1)!.push(i);
    else {
      groups.push([i]);
      start = C[i]!;
    }
  }
  return groups;
}
