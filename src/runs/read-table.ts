/** Text -> a table: CSV, TSV, JSON, JSON Lines, told apart by how the text begins. */

import Papa from 'papaparse';
import { ScalingLawsError } from '../errors.ts';
import type { BadRow } from './bad-rows.ts';
import { noRows } from './bad-rows.ts';
import { isRecord, type Table, tableOfJson, tableOfRows } from './table.ts';

/** How a text holds its rows. `json`: an array of objects, or an object of equally long arrays. */
export const TABLE_FORMATS = ['csv', 'tsv', 'json', 'jsonl'] as const;
/** One of them. */
export type TableFormat = (typeof TABLE_FORMATS)[number];

/**
 * Reads a table from text. A byte order mark, CRLF, and blank lines are passed over.
 *
 * @param text - CSV (delimited by `,`, `;` or `|`), TSV, JSON or JSON Lines.
 * @param format - Form of the text; found out from its beginning if absent.
 * @returns The columns, and the rows that do not fit.
 * @throws {ScalingLawsError} `E_EMPTY` for blank text; `E_FORMAT` where quotes or JSON do not close.
 */
export function readTable(text: string, format?: TableFormat): Table {
  const body = text.replace(/^\uFEFF?(?:[ \t]*\r?\n)*/, '');
  if (!/\S/.test(body)) throw noRows('blank text');
  const kind = format ?? sniff(body);
  switch (kind) {
    case 'csv':
    case 'tsv':
      return readDelimited(body, kind === 'tsv' ? '\t' : busiest(firstLine(body), [',', ';', '|']));
    case 'json':
      return readJson(body);
    case 'jsonl':
      return tableOfRows(
        body
          .split('\n')
          .filter((line) => /\S/.test(line))
          .map(parsedOrText),
      );
    default:
      return kind satisfies never;
  }
}

function readDelimited(text: string, delimiter: string): Table {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const { data, errors } = Papa.parse<string[]>(lines, { delimiter, newline: '\n' });
  const broken = errors[0];
  if (broken) {
    const { message, row = 0 } = broken;
    throw new ScalingLawsError(
      'E_FORMAT',
      { where: `row ${row}`, argument: 'quotes', rule: 'close before a delimiter or line end', got: message },
      { row },
    );
  }
  const [first, ...rows] = data.filter((cells) => cells.length > 1 || cells[0]!.trim() !== '');
  const header = first!.map((name) => name.trim());
  const expected = header.length;
  const rule = `have ${expected} cells like the header`;
  const kept: string[][] = [];
  const numbers: number[] = [];
  const bad: BadRow[] = [];
  rows.forEach((cells, i) => {
    const [row, found] = [i + 1, cells.length];
    if (found !== expected) {
      bad.push({ code: 'E_ROW_RAGGED', row, argument: 'the row', rule, value: found, details: { found, expected } });
      return;
    }
    kept.push(cells);
    numbers.push(row);
  });
  const columns = header.map((_, j) => kept.map((cells) => cells[j]!.trim()));
  return { header, columns, row: Int32Array.from(numbers), bad };
}

function readJson(text: string): Table {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notJson('the text', error);
  }
  return tableOfJson(value);
}

/** The error for a text that does not parse. */
export function notJson(what: string, error: unknown): ScalingLawsError {
  const cure = (error as Error).message;
  return new ScalingLawsError('E_FORMAT', { argument: what, rule: 'be JSON', got: 'a syntax error', cure });
}

function sniff(text: string): TableFormat {
  const start = text.trimStart()[0];
  if (start === '[') return 'json';
  const line = firstLine(text);
  if (start !== '{') return busiest(line, [',', '\t', ';', '|']) === '\t' ? 'tsv' : 'csv';
  const row = parsedOrText(line);
  // A first line that is no object by itself is the beginning of a printed one.
  return !isRecord(row) || Object.values(row).every(Array.isArray) ? 'json' : 'jsonl';
}

/** The delimiter that occurs most often outside quotes, the first of them if none does. */
function busiest(line: string, delimiters: readonly string[]): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const uses = delimiters.map((delimiter) => bare.split(delimiter).length);
  return delimiters[uses.indexOf(Math.max(...uses))]!;
}

const firstLine = (text: string): string => text.slice(0, text.search(/[\r\n]|$/));

function parsedOrText(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line.trim();
  }
}
