/** A table as text for other programs: heads, and cells in full. */

import { csvOf } from './csv.ts';

/** A cell: text, a number, or nothing. */
export type Cell = string | number | null;

/** Rows of cells under heads. */
export interface Sheet {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Heads of the columns that say how a row was made. */
  readonly labels?: readonly string[];
}

/** Rows that are not alike under the heads of any of them, the fullest row's first; a cell that a row lacks is null. */
export function sheetOf(
  lines: readonly (readonly (readonly [head: string, cell: Cell])[])[],
  labels: readonly string[] = [],
): Sheet {
  const maps = lines.map((line) => new Map(line));
  const head = [...new Set(maps.toSorted((a, b) => b.size - a.size).flatMap((line) => [...line.keys()]))];
  return { head, rows: maps.map((line) => head.map((name) => line.get(name) ?? null)), labels };
}

/** Several sheets as one: a first column `name` says which of them a row is from. */
export function joinSheets(name: string, sheets: readonly (readonly [value: string, sheet: Sheet])[]): Sheet {
  const lines = sheets.flatMap(([value, { head, rows }]) =>
    rows.map((row) => [[name, value] as const, ...row.map((cell, j) => [head[j]!, cell] as const)]),
  );
  return sheetOf(lines, [name, ...(sheets[0]?.[1].labels ?? [])]);
}

/** CSV with every digit, one line a row. */
export const sheetCsv = ({ head, rows }: Sheet): string => csvOf(head, rows);

/** A table of Markdown, numbers with four digits; a label that is the same in every row stands only if it comes first. */
export function markdownOf({ head, rows, labels = [] }: Sheet): string {
  const stay = [...head.keys()].filter(
    (j) => j === 0 || !labels.includes(head[j]!) || new Set(rows.map((row) => row[j])).size > 1,
  );
  const lines = [
    stay.map((j) => head[j]!),
    stay.map((j) => (labels.includes(head[j]!) ? '---' : '---:')),
    ...rows.map((row) => stay.map((j) => inShort(row[j]!))),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

function inShort(cell: Cell): string {
  if (cell === null) return '-';
  return typeof cell === 'number' ? String(Number(cell.toPrecision(4))) : cell.replaceAll('|', '\\|');
}
