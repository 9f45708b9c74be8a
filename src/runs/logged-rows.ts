/** The rows that can be used: a log has a row for each call, and most calls tell no loss; before the first token there is nothing to fit. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import type { Cell, Table } from '../tables/table.ts';
import type { ColumnPlaces } from './columns.ts';
import { NUMBER_NAMES, type NumberName } from './fields.ts';
import { isBlank, parseQuantity } from './quantity.ts';

/** The table that is left, how many rows are gone for which reason, and a warning that counts them. */
export interface LoggedRows {
  readonly table: Table;
  readonly leftOut: Readonly<Record<string, number>>;
  readonly warnings: readonly Finding[];
}

/**
 * The rows of `table` after the first token (D = 0, or step 0 of a plan, is an untrained model), and of a log those with a cell in every column of
 * numbers that is used.
 *
 * @param places - Where each field stands.
 * @param counted - Fields that are 0 before the first token: not those that hold logarithms.
 * @throws {ScalingLawsError} `E_EMPTY` if no row of a log is left; a table without one is left to the check of its cells.
 */
export function loggedRows(
  table: Table,
  places: ColumnPlaces,
  isLog: boolean,
  counted: readonly NumberName[],
): LoggedRows {
  const reasons = new Map<string, number>();
  const columnOf = (field: NumberName): readonly Cell[] | undefined => {
    const place = places[field]?.[0];
    return place === undefined ? undefined : table.columns[place];
  };
  const zeros = counted.flatMap((field) => [columnOf(field) ?? []]);
  const steps = isLog ? undefined : columnOf('step');
  const sizes = (['N', 'D'] as const).flatMap((field) => [columnOf(field) ?? []]);
  const at = (i: number): string => JSON.stringify(sizes.map((cells) => cells[i]));
  // Tokens that do not grow with the steps are those of the plan: at step 0 none of them has been seen.
  const planned = new Set(steps?.some(isZero) ? [...steps.keys()].filter((i) => !isZero(steps[i])).map(at) : []);
  const needed = isLog ? LOSS_FIRST.filter((field) => columnOf(field)) : [];
  const against = (i: number): string | undefined => {
    const absent = needed.find((field) => isBlank(columnOf(field)![i]));
    if (absent !== undefined) return `without ${absent} (column ${JSON.stringify(table.header[places[absent]![0]!])})`;
    const isUntrained = zeros.some((cells) => isZero(cells[i])) || (isZero(steps?.[i]) && planned.has(at(i)));
    return isUntrained ? 'before the first token' : undefined;
  };
  const kept: number[] = [];
  for (let i = 0; i < table.row.length; i++) {
    const reason = against(i);
    if (reason === undefined) kept.push(i);
    else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const [all, gone] = [table.row.length, table.row.length - kept.length];
  if (gone === 0 || (kept.length === 0 && !isLog)) return { table, leftOut: {}, warnings: [] };
  const why = [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ');
  if (kept.length === 0) {
    const rule = 'have rows with loss and tokens logged together';
    throw new ScalingLawsError(
      'E_EMPTY',
      { argument: 'the log', rule, got: `none among ${all}`, cure: why },
      { rows: all },
    );
  }
  const take = <T>(column: ArrayLike<T>): T[] => kept.map((i) => column[i]!);
  const left: Table = { ...table, columns: table.columns.map(take), row: Int32Array.from(take(table.row)) };
  const message = `${gone} of ${all} rows ${isLog ? 'of the log ' : ''}are left out: ${why}.`;
  return {
    table: left,
    leftOut: Object.freeze(Object.fromEntries(reasons)),
    warnings: [finding('W_NOT_LOGGED', message, { severity: 'note' })],
  };
}

/** Loss first: where several numbers are missing, that is what says most. */
const LOSS_FIRST: readonly NumberName[] = ['loss', ...NUMBER_NAMES];

const isZero = (cell: Cell | undefined): boolean =>
  cell === 0 || (typeof cell === 'string' && /^[+-]?0/.test(cell) && parseQuantity(cell) === 0);
