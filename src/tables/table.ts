/** A table by columns, before any cell is understood: what every reader of a shape hands over. */

import { type ErrorCode, type ErrorDetails, ScalingLawsError } from '../errors.ts';

/** Value of a cell as the source wrote it. */
export type Cell = string | number | boolean | null;

/** One row that cannot be used, and the first reason why. */
export interface BadRow {
  readonly code: ErrorCode;
  /** 1-based row of the source, header not counted. */
  readonly row: number;
  /** Header of the column, where it is not the name of the field. */
  readonly header?: string;
  /** What breaks a rule: a field, or the row. */
  readonly argument: string;
  /** The broken rule in words: `be a positive finite number of tokens`. */
  readonly rule: string;
  /** What stood there instead. */
  readonly value: Cell;
  /** What else a program may want to know, e.g. `column`. */
  readonly details: ErrorDetails;
}

/** Columns of cells as the source wrote them (text without the spaces around it). */
export interface Table {
  readonly header: readonly string[];
  /** `columns[j][i]` is the cell of row `row[i]` under `header[j]`. */
  readonly columns: readonly (readonly Cell[])[];
  /** 1-based number of each row in the source; what stands above the first row does not count, nor do blank lines and comments. */
  readonly row: Int32Array;
  /** Rows that fit the table's form badly and are in no column: ragged, or not an object. */
  readonly bad: readonly BadRow[];
  /** What parts the cells of a text; absent where the table was no delimited text. */
  readonly delimiter?: string;
  /** What a reader made of the source beyond its rows, a sentence each: a title that was passed over, headings that became values. */
  readonly notes?: readonly string[];
}

/** More columns than any table of runs has. */
export const MOST_COLUMNS = 20_000;
/** Characters of the longest cell that a spreadsheet holds: Excel's own limit. */
export const LONGEST_CELL = 32_767;
/** Empty cells for each one that is filled, above a million of them: rows that share no column would otherwise fill the memory. */
const MOST_EMPTY = 50;
const FREE_CELLS = 1e6;

/**
 * Refuses a table too large for its content.
 *
 * @param filled - Cells that the source holds.
 * @throws {ScalingLawsError} `E_FORMAT`.
 */
export function checkSize(columns: number, rows: number, filled: number): void {
  if (columns > MOST_COLUMNS) throw tooLarge(`have at most ${MOST_COLUMNS} columns`, columns);
  if (columns * rows <= FREE_CELLS + MOST_EMPTY * filled) return;
  throw tooLarge('have rows with the same columns', `${columns} columns for ${rows} rows, nearly all cells empty`);
}

/** The error for a table beyond a limit. */
export const tooLarge = (rule: string, got: unknown): ScalingLawsError =>
  new ScalingLawsError('E_FORMAT', { argument: 'the table', rule, got });

/**
 * Columns of row objects; the header is every key, in order of first sight. A key that a row lacks is an empty cell.
 *
 * @param rows - Row objects; anything else among them is a bad row.
 */
export function tableOfRows(rows: readonly unknown[]): Table {
  const places = new Map<string, number>();
  const kept: Readonly<Record<string, unknown>>[] = [];
  const numbers: number[] = [];
  const bad: BadRow[] = [];
  let filled = 0;
  rows.forEach((row, i) => {
    if (!isRecord(row)) {
      const value = toCell(row);
      bad.push({ code: 'E_FORMAT', row: i + 1, argument: 'the row', rule: 'be an object', value, details: {} });
      return;
    }
    kept.push(row);
    numbers.push(i + 1);
    for (const key of Object.keys(row)) {
      filled++;
      if (!places.has(key)) places.set(key, places.size);
    }
    checkSize(places.size, 0, filled);
  });
  checkSize(places.size, kept.length, filled);
  const columns = Array.from(places, () => Array<Cell>(kept.length).fill(null));
  kept.forEach((row, i) => {
    for (const key of Object.keys(row)) columns[places.get(key)!]![i] = toCell(row[key]);
  });
  return { header: [...places.keys()], columns, row: Int32Array.from(numbers), bad };
}

/** Whether a value is an object that is no array. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value as a cell: text without the spaces around it, lists and objects as JSON.
 *
 * @throws {ScalingLawsError} `E_FORMAT` if it is longer than {@link LONGEST_CELL}, or nests too deeply to be written.
 */
export function toCell(value: unknown): Cell {
  if (typeof value === 'string') return short(value.trim());
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' && value !== null ? short(written(value)) : null;
}

/** `text`, unless it is too long for a cell. */
export function short(text: string): string {
  if (text.length <= LONGEST_CELL) return text;
  throw tooLarge(`have cells of at most ${LONGEST_CELL} characters`, text);
}

function written(value: object): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    throw tooLarge('have cells that can be written as JSON', 'an object that nests too deeply, or holds itself');
  }
}

/** Whether a cell or a heading looks like a number, written in whatever way: `1,600`, `0,025B`, `1e+18`, `125M`. */
export const looksNumeric = (text: string): boolean =>
  /^[+-]?[\d.][\d.,_]*(?:e[+-]?\d+)?\s?[kmbgt]?$/i.test(text.trim()) && /\d/.test(text);

/** Which field a heading names, as far as it can be told: readers of shapes ask where two readings are possible. */
export type FieldOf = (heading: string) => string | undefined;

/** The error for a table without rows. */
export const noRows = (got: string): ScalingLawsError =>
  new ScalingLawsError('E_EMPTY', { argument: 'the table', rule: 'have rows', got });
