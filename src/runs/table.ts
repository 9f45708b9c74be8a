/** A table by columns, before any cell is understood; made from row objects or from an object of arrays. */

import { ScalingLawsError } from '../errors.ts';
import type { BadRow } from './bad-rows.ts';
import type { Cell } from './runs.ts';

/** Columns of cells as the source wrote them (text without the spaces around it). */
export interface Table {
  readonly header: readonly string[];
  /** `columns[j][i]` is the cell of row `row[i]` under `header[j]`. */
  readonly columns: readonly (readonly Cell[])[];
  /** 1-based number of each row in the source; neither the header nor blank lines count. */
  readonly row: Int32Array;
  /** Rows that fit the table's form badly and are in no column: ragged, or not an object. */
  readonly bad: readonly BadRow[];
}

/**
 * Columns of row objects; the header is every key, in order of first sight. A key that a row lacks is an empty cell.
 *
 * @param rows - Row objects; anything else among them is a bad row.
 */
export function tableOfRows(rows: readonly unknown[]): Table {
  const header = new Set<string>();
  const kept: Readonly<Record<string, unknown>>[] = [];
  const numbers: number[] = [];
  const bad: BadRow[] = [];
  rows.forEach((row, i) => {
    if (!isRecord(row)) {
      const value = toCell(row);
      bad.push({ code: 'E_FORMAT', row: i + 1, argument: 'the row', rule: 'be an object', value, details: {} });
      return;
    }
    kept.push(row);
    numbers.push(i + 1);
    for (const key of Object.keys(row)) header.add(key);
  });
  const column = (key: string): Cell[] => kept.map((row) => (Object.hasOwn(row, key) ? toCell(row[key]) : null));
  return { header: [...header], columns: [...header].map(column), row: Int32Array.from(numbers), bad };
}

/**
 * Columns of a JSON value: an array of objects as {@link tableOfRows}, or an object of equally long arrays.
 *
 * @throws {ScalingLawsError} `E_FORMAT` for any other value.
 */
export function tableOfJson(value: unknown): Table {
  if (Array.isArray(value)) return tableOfRows(value);
  if (!isRecord(value) || !Object.values(value).every(Array.isArray)) {
    const rule = 'be an array of objects or an object of arrays';
    throw new ScalingLawsError('E_FORMAT', { argument: 'JSON', rule, got: value });
  }
  const arrays = value as Readonly<Record<string, readonly unknown[]>>;
  const [name = '', ...others] = Object.keys(arrays);
  const length = arrays[name]?.length ?? 0;
  const other = others.find((key) => arrays[key]!.length !== length);
  if (other !== undefined) {
    const got = `${length} (${JSON.stringify(name)}) and ${arrays[other]!.length} (${JSON.stringify(other)})`;
    const columns = [name, other];
    throw new ScalingLawsError('E_FORMAT', { argument: 'columns', rule: 'be equally long', got }, { columns });
  }
  const columns = Object.values(arrays).map((cells) => cells.map(toCell));
  return { header: Object.keys(arrays), columns, row: Int32Array.from({ length }, (_, i) => i + 1), bad: [] };
}

/** Whether a value is an object that is no array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toCell(value: unknown): Cell {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : null;
}
