/** A wide table made long: one row for each cell of columns whose headings are values themselves. */

import { isDash } from './markdown.ts';
import { type Cell, checkSize, type Table } from './table.ts';

/** A column whose heading holds a value. */
export interface Column {
  /** Its place in the header. */
  readonly place: number;
  /** The value in its heading: a run, a size, a budget. */
  readonly of: string;
  /** What its cells are: `loss`. */
  readonly value: string;
}

/**
 * One row for each row of `table` and each value in the headings of `columns`, wherever there is a cell; other columns are repeated beside it.
 * Rows are numbered in that order, value after value.
 *
 * @param variable - What the headings hold: the heading of their values.
 * @param counts - Whether a cell under this name makes a row, or only stands beside one.
 */
export function melted(
  table: Table,
  columns: readonly Column[],
  variable: string,
  counts: (value: string) => boolean = () => true,
): Table {
  const wide = new Set(columns.map(({ place }) => place));
  const kept = table.header.flatMap((_, j) => (wide.has(j) ? [] : [j]));
  const groups = new Map<string, Map<string, readonly Cell[]>>();
  for (const { place, of, value } of columns) {
    const group = groups.get(of) ?? new Map<string, readonly Cell[]>();
    groups.set(of, group.set(value, table.columns[place]!));
  }
  const values = [...new Set(columns.map(({ value }) => value))];
  const header = [...kept.map((j) => table.header[j]!), variable, ...values];
  const long = header.map((): Cell[] => []);
  for (const [of, group] of groups) {
    const cells = values.map((value) => group.get(value));
    const counted = cells.filter((_, v) => counts(values[v]!));
    for (let i = 0; i < table.row.length; i++) {
      if (counted.every((column) => isNothing(column?.[i]))) continue;
      kept.forEach((j, at) => {
        long[at]!.push(table.columns[j]![i]!);
      });
      long[kept.length]!.push(of);
      cells.forEach((column, v) => {
        const cell = column?.[i];
        long[kept.length + 1 + v]!.push(isNothing(cell) ? null : (cell as Cell));
      });
    }
  }
  const rows = long[0]!.length;
  checkSize(header.length, rows, table.header.length * table.row.length);
  return { ...table, header, columns: long, row: Int32Array.from({ length: rows }, (_, i) => i + 1) };
}

const isNothing = (cell: Cell | undefined): boolean =>
  cell === undefined || cell === null || cell === '' || (typeof cell === 'string' && isDash(cell));
