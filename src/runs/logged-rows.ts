/** The rows of a log that can be used: a log has a row for each call, and most calls tell no loss. What is not there is not filled in. */

import { ScalingLawsError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import type { Cell, Table } from '../tables/table.ts';
import type { ColumnPlaces } from './columns.ts';
import { NUMBER_NAMES, type NumberName } from './fields.ts';
import { parseQuantity } from './quantity.ts';

/** The table that is left, and a warning that counts what is gone. */
export interface LoggedRows {
  readonly table: Table;
  readonly warnings: readonly Finding[];
}

/**
 * The rows of `table` with a cell in every column of numbers that is used, after the first token (D = 0 is an untrained model).
 *
 * @param places - Where each field stands.
 * @throws {ScalingLawsError} `E_EMPTY` if no row is left.
 */
export function loggedRows(table: Table, places: ColumnPlaces): LoggedRows {
  const reasons = new Map<string, number>();
  const kept = Array.from(table.row.keys()).filter((i) => {
    const reason = reasonAgainst(table, places, i);
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return reason === undefined;
  });
  const [all, gone] = [table.row.length, table.row.length - kept.length];
  if (gone === 0) return { table, warnings: [] };
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
  return {
    table: left,
    warnings: [
      finding('W_NOT_LOGGED', `${gone} of ${all} rows of the log are left out: ${why}.`, { severity: 'note' }),
    ],
  };
}

/** Loss first: where several numbers are missing, that is what says most. */
const LOSS_FIRST: readonly NumberName[] = ['loss', ...NUMBER_NAMES];

function reasonAgainst(table: Table, places: ColumnPlaces, i: number): string | undefined {
  const cell = (field: NumberName): Cell | undefined => {
    const place = places[field]?.[0];
    return place === undefined ? undefined : table.columns[place]![i]!;
  };
  const absent = LOSS_FIRST.find((field) => cell(field) === null || cell(field) === '');
  if (absent !== undefined) return `without ${absent} (column ${JSON.stringify(table.header[places[absent]![0]!])})`;
  const D = cell('D');
  return D !== undefined && parseQuantity(D) === 0 ? 'before the first token' : undefined;
}
