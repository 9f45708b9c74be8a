/** Variables of the runs by name: the columns that every table has, U, and numeric columns that the library does not interpret. */

import { parseQuantity } from './quantity.ts';
import { knows, type Runs } from './runs.ts';

/** The parts of {@link Runs} that hold variables. */
export type VariableColumns = Pick<Runs, 'N' | 'D' | 'C' | 'U'> & Partial<Pick<Runs, 'extra'>>;

/**
 * Column of the variable `name`; cells that are no number are NaN.
 *
 * @returns The column, or undefined if there is none of that name.
 */
export function variableColumn(runs: VariableColumns, name: string): Float64Array | undefined {
  if (name === 'N' || name === 'D' || name === 'C') return knows(runs, name) ? runs[name] : undefined;
  if (name === 'U' && runs.U) return runs.U;
  const { extra = {} } = runs;
  return Object.hasOwn(extra, name) ? Float64Array.from(extra[name]!, parseQuantity) : undefined;
}

/** Names of the variables among `names` that are not in every table of runs. */
export function otherVariables(names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== 'N' && name !== 'D' && name !== 'C');
}
