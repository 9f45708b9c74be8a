/** Which rows share a training budget: the groups of an IsoFLOP design. */

import { positive } from '../arguments.ts';
import { ScalingLawsError } from '../errors.ts';
import { columnNamed, columnNames } from '../filters/row.ts';
import type { Runs } from '../runs/runs.ts';

/** Rows of one budget. */
export interface Budget {
  /** FLOPs: the geometric mean over the rows. */
  readonly C: number;
  /** Row positions, by rising N, then by rising loss. */
  readonly rows: readonly number[];
}

/** How rows are grouped. */
export interface BudgetOptions {
  /** Column that names the budget of a row; default: rows whose C differs by at most `tolerance`. */
  readonly group?: string;
  /** Largest C of a group over its smallest, less 1; default {@link DEFAULT_BUDGET_TOLERANCE}. */
  readonly tolerance?: number;
}

/** Neighbouring budgets of published designs differ by a factor of 1.6 or more; compute counted two ways by less than a tenth. */
export const DEFAULT_BUDGET_TOLERANCE = 0.1;

/**
 * Groups rows by budget, by rising C.
 *
 * @throws {ScalingLawsError} `E_OPTION` if there is no column `group`; `E_ARGUMENT` for a tolerance that is not positive.
 */
export function budgetsOf(
  runs: Runs,
  { group, tolerance = DEFAULT_BUDGET_TOLERANCE }: BudgetOptions,
): readonly Budget[] {
  positive('tolerance', 'relative compute', tolerance);
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
    throw new ScalingLawsError('E_OPTION', `group must be a column (${columnNames(runs).join(', ')}), got ${group}`, {
      group,
    });
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
