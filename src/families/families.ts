/** The families in a table of runs: models of one recipe in several sizes (Choshen et al. 2024, arXiv:2410.11840). */

import { ScalingLawsError } from '../errors.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter, FilterOf } from '../filters/filter.ts';
import { columnNamed } from '../filters/row.ts';
import type { Runs } from '../runs/runs.ts';

/** The column that names families unless another is asked for. */
export const FAMILY = 'family';

/** One family and its rows. */
export interface Family {
  readonly name: string;
  readonly runs: Runs;
  /** The filter that takes these rows from the whole table; they have passed it. */
  readonly filter: FilterOf<'equals'>;
}

/**
 * The rows of each family, families in the order in which they come.
 *
 * @param by - Column whose values are the families: `family`, or any other of the table.
 * @param filters - Those by column say which rows are there at all; the others see one family at a time.
 * @throws {ScalingLawsError} `E_COLUMN_MISSING` if there is no such column.
 */
export function familiesOf(all: Runs, by: string = FAMILY, filters: readonly Filter[] = []): readonly Family[] {
  const runs = applyFilters(
    all,
    filters.filter(({ kind }) => kind === 'equals'),
  ).kept;
  const cells = columnNamed(runs, by);
  if (!cells) {
    throw new ScalingLawsError(
      'E_COLUMN_MISSING',
      by === FAMILY
        ? { argument: 'columns.family', rule: 'name the column with the family of each row', got: 'none' }
        : { argument: 'by', rule: 'be a column of the table', got: by },
      { column: by },
    );
  }
  const names = new Set(Array.from(cells, (cell) => String(cell ?? '').trim()));
  return Array.from(names, (name) => {
    const filter = { kind: 'equals', column: by, value: name } as const;
    return { name, runs: applyFilters(runs, [filter]).kept, filter };
  });
}
