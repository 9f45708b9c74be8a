/** Rows of text cells, as lines of a file or of a spreadsheet hold them -> a table: below a title, above a row of units, with comments. */

import { ScalingLawsError } from '../errors.ts';
import { type BadRow, checkSize, looksNumeric, short, type Table } from './table.ts';

/** Rows by which the header is found. */
const SAMPLE = 30;

/**
 * The table in rows of cells.
 *
 * @param hasIndex - Whether rows may have one cell more than the header: the numbers or names of rows that pandas and R print.
 * @throws {ScalingLawsError} `E_FORMAT` where no line of headings stands above the numbers, and beyond the limits.
 */
export function tableOfCells(cells: readonly (readonly string[])[], hasIndex = false): Table {
  const all = cells.filter((row) => !isBlank(row));
  const top = headerAt(all.slice(0, SAMPLE));
  const notes = all.slice(0, top).map((row) => `The line ${quoted(row)} above the header is passed over.`);
  const rows = hasIndex ? withIndex(all.slice(top)) : all.slice(top);
  const first = rows[0]!.map((name) => short(name.trim()));
  const units = unitsBelow(rows);
  if (units) notes.push(`The row ${quoted(units)} below the header is read as units.`);
  const header = units ? first.map((name, j) => withUnit(name, units[j] ?? '')) : first;
  if (rows.length > 1 && header.length > 1 && header.every(looksNumeric)) {
    const breach = { argument: 'the table', rule: 'begin with a line of headings', got: quoted(header) };
    throw new ScalingLawsError('E_FORMAT', breach);
  }
  const { gone, ...table } = columnsOf(header, rows, units ? 2 : 1);
  if (gone > 0) notes.push(`${gone} ${gone === 1 ? 'line that begins' : 'lines that begin'} with # are passed over.`);
  return { ...table, ...(notes.length > 0 && { notes }) };
}

/** The rows by columns; what has another number of cells than the header is set aside, blanks at the end of a line apart. */
function columnsOf(
  names: readonly string[],
  cells: readonly (readonly string[])[],
  from: number,
): Table & { readonly gone: number } {
  const rows = cells.slice(from);
  let width = names.length;
  const isEmptyAt = (j: number): boolean => rows.every((own) => (own[j] ?? '').trim() === '');
  while (width > 1 && names[width - 1] === '' && isEmptyAt(width - 1)) width--;
  checkSize(width, 0, 0);
  const marked = rows.filter((own) => own[0]!.startsWith('#')).length;
  // Where every row begins so, it is part of a name.
  const areComments = marked > 0 && marked < rows.length && !names[0]!.startsWith('#');
  const columns = Array.from({ length: width }, (): string[] => []);
  const numbers: number[] = [];
  const bad: BadRow[] = [];
  const rule = `have ${width} cells like the header`;
  let row = 0;
  for (const own of rows) {
    if (areComments && own[0]!.startsWith('#')) continue;
    row++;
    const found = own.length;
    if (found < width || (found > width && !isBlank(own.slice(width)))) {
      const details = { found, expected: width };
      bad.push({ code: 'E_ROW_RAGGED', row, argument: 'the row', rule, value: found, details });
      continue;
    }
    for (let j = 0; j < width; j++) columns[j]!.push(short(own[j]!.trim()));
    numbers.push(row);
  }
  const gone = areComments ? marked : 0;
  return { header: names.slice(0, width), columns, row: Int32Array.from(numbers), bad, gone };
}

/** A heading more for the numbers or names of rows that pandas and R print, where every row has one cell more than the header. */
function withIndex(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [header = [], ...below] = rows;
  const hasIndex =
    below.length > 0 &&
    below.every((own) => own.length === header.length + 1) &&
    !below.every((own) => own.at(-1)!.trim() === '');
  return hasIndex ? [['', ...header], ...below] : rows;
}

/** Where the header stands: below lines of a single cell, and below others that are shorter than it. */
function headerAt(sample: readonly (readonly string[])[]): number {
  const widths = sample.map((cells) => cells.reduce((last, cell, j) => (cell.trim() === '' ? last : j + 1), 0));
  const filled = sample.map((cells) => cells.filter((cell) => cell.trim() !== '').length);
  const width = usual(widths);
  if (width < 2) return 0;
  const isHeader = (i: number): boolean => filled[i]! > 1 && widths[i]! >= width && !sample[i]!.some(looksNumeric);
  const first = widths.findIndex((_, i) => isHeader(i));
  const isTitle = (i: number): boolean => filled[i] === 1 || (i < first && widths[i]! < width);
  const top = sample.findIndex((_, i) => !isTitle(i));
  return Math.max(top, 0);
}

const BRACKETED = /^[([{].*[)\]}]$/;
const UNIT =
  /^(?:counts?|#|-|params|parameters|tokens?|[kmgtpez]?flops?|nats?(?:\/token|\/tok)?|bits?(?:\/\w+)?|bpb|steps?|[kmbgt]|(?:thousand|million|billion|trillion)s?|1e\d+|10\^\d+|log10|%)$/i;

/** The cells of a row of units: no number, and below every heading of numbers a word in brackets, or one that is a unit. */
function unitsBelow([, units, numbers]: readonly (readonly string[])[]): readonly string[] | undefined {
  if (!units || !numbers || units.length !== numbers.length) return undefined;
  const said = units.map((cell) => cell.trim());
  const above = said.filter((cell, j) => cell !== '' && looksNumeric(numbers[j]!));
  const areUnits = above.length > 0 && above.every((cell) => BRACKETED.test(cell) || UNIT.test(cell));
  return areUnits && !said.some((cell) => looksNumeric(cell) && !UNIT.test(cell)) ? said : undefined;
}

function withUnit(name: string, unit: string): string {
  const bare = unit.replace(/^[([{]\s*|\s*[)\]}]$/g, '');
  return name === '' || /^[#-]?$/.test(bare) ? name : `${name} (${bare})`;
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
const quoted = (cells: readonly string[]): string =>
  JSON.stringify(cells.filter((cell) => cell.trim() !== '').join(', '));

/** The number of cells that most lines have; the larger of two. */
export function usual(counts: readonly number[]): number {
  const uses = new Map<number, number>();
  for (const count of counts) uses.set(count, (uses.get(count) ?? 0) + 1);
  return [...uses].reduce(
    (best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] > best[0]) ? one : best),
    [1, 0],
  )[0];
}
