/**
 * Cells parted by `,`, `;`, `|`, tabs or spaces, one row a line, as spreadsheets and scripts save them: below a title, above a row of units,
 * with comments, with delimiters at the end of every line.
 */

import { ScalingLawsError } from '../errors.ts';
import { cellsOfLines } from './csv.ts';
import { type BadRow, checkSize, looksNumeric, short, type Table } from './table.ts';

/** Lines, and characters, by which a dialect is told. */
const SAMPLE_LINES = 30;
const SAMPLE_CHARACTERS = 1 << 18;
/** Delimiters in the order in which a tie is broken; the last is any number of spaces. */
const DELIMITERS = [',', '\t', ';', '|'] as const;
const SPACES = ' ';

/**
 * Reads delimited text.
 *
 * @param text - Lines, the first of which is not blank.
 * @param delimiter - What parts the cells; found out from the first lines if absent.
 * @throws {ScalingLawsError} `E_FORMAT` where quotes do not close, where no line of headings stands above the numbers, and beyond the limits.
 */
export function readDelimited(text: string, delimiter?: string): Table {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const { body, delimiter: said } = withoutComments(lines);
  const sample = linesOf(body);
  const by = delimiter ?? said ?? delimiterOf(sample);
  const all = (by === SPACES ? spaced(body, sample) : cellsOfLines(body, by)).filter((cells) => !isBlank(cells));
  const top = headerAt(all.slice(0, SAMPLE_LINES));
  const notes = all.slice(0, top).map((cells) => `The line ${quoted(cells)} above the header is passed over.`);
  const rows = by === SPACES ? withIndex(all.slice(top)) : all.slice(top);
  const first = rows[0]!.map((name) => short(name.trim()));
  const units = unitsBelow(rows);
  if (units) notes.push(`The row ${quoted(units)} below the header is read as units.`);
  const header = units ? first.map((name, j) => withUnit(name, units[j] ?? '')) : first;
  if (rows.length > 1 && header.length > 1 && header.every(isNumber)) {
    throw new ScalingLawsError('E_FORMAT', {
      argument: 'the table',
      rule: 'begin with a line of headings',
      got: quoted(header),
    });
  }
  const table = columnsOf(header, rows.slice(units ? 2 : 1));
  const { gone, ...kept } = table;
  if (gone > 0) notes.push(`${gone} ${gone === 1 ? 'line' : 'lines'} that begin with # are passed over.`);
  return { ...kept, delimiter: by, ...(notes.length > 0 && { notes }) };
}

/** The rows by columns; what has another number of cells than the header is set aside, blanks at the end of a line apart. */
function columnsOf(names: readonly string[], rows: readonly (readonly string[])[]): Table & { readonly gone: number } {
  let width = names.length;
  const isEmptyAt = (j: number): boolean => rows.every((cells) => (cells[j] ?? '').trim() === '');
  while (width > 1 && names[width - 1] === '' && isEmptyAt(width - 1)) width--;
  checkSize(width, 0, 0);
  const marked = rows.filter((cells) => cells[0]!.startsWith('#')).length;
  // Where every row begins so, it is part of a name.
  const areComments = marked > 0 && marked < rows.length && !names[0]!.startsWith('#');
  const columns = Array.from({ length: width }, (): string[] => []);
  const numbers: number[] = [];
  const bad: BadRow[] = [];
  const rule = `have ${width} cells like the header`;
  let row = 0;
  for (const cells of rows) {
    if (areComments && cells[0]!.startsWith('#')) continue;
    row++;
    const found = cells.length;
    if (found < width || (found > width && !isBlank(cells.slice(width)))) {
      const details = { found, expected: width };
      bad.push({ code: 'E_ROW_RAGGED', row, argument: 'the row', rule, value: found, details });
      continue;
    }
    for (let j = 0; j < width; j++) columns[j]!.push(short(cells[j]!.trim()));
    numbers.push(row);
  }
  const gone = areComments ? marked : 0;
  return { header: names.slice(0, width), columns, row: Int32Array.from(numbers), bad, gone };
}

/** Cells parted by two spaces or more where that gives every line as many, so that a heading may hold one; else by any. */
function spaced(body: string, sample: readonly string[]): string[][] {
  const wide = (line: string): string[] => line.trim().split(/\s{2,}/);
  const any = (line: string): string[] => line.match(/"[^"]*"|\S+/g)?.map((cell) => cell.replace(/^"|"$/g, '')) ?? [];
  const counts = new Set(sample.map((line) => wide(line).length));
  const split = counts.size === 1 && !counts.has(1) ? wide : any;
  return body.split('\n').map(split);
}

/** A heading more for the numbers or names of rows that pandas and R print, where every row has one cell more than the header. */
function withIndex(rows: string[][]): string[][] {
  const [header = [], ...below] = rows;
  const hasIndex = below.length > 0 && below.every((cells) => cells.length === header.length + 1);
  return hasIndex ? [['', ...header], ...below] : rows;
}

/** `text` from its first line that is no comment on; or from the last comment, where that holds the headings of the numbers below it. */
function withoutComments(text: string): { readonly body: string; readonly delimiter?: string } {
  const excel = /^sep=([,;|\t])\n/i.exec(text);
  if (excel) return { body: text.slice(excel[0].length), delimiter: excel[1]! };
  let start = 0;
  let last = '';
  while (/[#\n]/.test(text[start] ?? '')) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? undefined : end);
    // A column may be headed `#`.
    if (/^#["']?[,;\t|]/.test(line)) break;
    if (line !== '') last = line;
    if (end < 0) break;
    start = end + 1;
  }
  const body = text.slice(start);
  const below = linesOf(body)[0] ?? '';
  const by = delimiterOf([below]);
  const split = (line: string): string[] => (by === SPACES ? spaced(line, [line])[0]! : line.split(by));
  const headings = split(last.replace(/^#+\s*/, ''));
  const cells = split(below);
  const isHeader =
    cells.length > 1 && headings.length === cells.length && cells.some(isNumber) && !headings.some(isNumber);
  return { body: isHeader ? `${last.replace(/^#+\s*/, '')}\n${body}` : body };
}

function linesOf(text: string): readonly string[] {
  const lines = text.slice(0, SAMPLE_CHARACTERS).split('\n', SAMPLE_LINES);
  return lines.filter((line) => line.trim() !== '' && (!line.startsWith('#') || line === lines[0]));
}

/** The delimiter that parts most lines into equally many cells, two or more; spaces where the line with the headings holds no other. */
function delimiterOf(lines: readonly string[]): string {
  const bare = lines.map((line) => line.replace(/"[^"]*"/g, ''));
  const scores = DELIMITERS.map((by) => agreement(bare.map((line) => line.split(by).length)));
  const best = Math.max(...scores);
  const at = scores.indexOf(best);
  const words = bare.map((line) => line.trim().split(/\s+/).length);
  const widest = bare[words.indexOf(usual(words))] ?? '';
  const isSpaced = !/[,;\t|]/.test(widest) && agreement(words) > best;
  return isSpaced ? SPACES : DELIMITERS[at]!;
}

/** Share of the lines that have the usual number of cells, and a little for each of these cells; 0 if that is one. */
function agreement(counts: readonly number[]): number {
  const most = usual(counts);
  return most < 2 ? 0 : counts.filter((count) => count === most).length / counts.length + most * 1e-6;
}

/** The number of cells that most lines have; the larger of two. */
function usual(counts: readonly number[]): number {
  const uses = new Map<number, number>();
  for (const count of counts) uses.set(count, (uses.get(count) ?? 0) + 1);
  return [...uses].reduce(
    (best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] > best[0]) ? one : best),
    [1, 0],
  )[0];
}

/** Where the header stands: below lines of a single cell, and below others that are shorter than it. */
function headerAt(sample: readonly (readonly string[])[]): number {
  const widths = sample.map((cells) => cells.reduce((last, cell, j) => (cell.trim() === '' ? last : j + 1), 0));
  const filled = sample.map((cells) => cells.filter((cell) => cell.trim() !== '').length);
  const width = usual(widths);
  if (width < 2) return 0;
  const isHeader = (i: number): boolean => filled[i]! > 1 && widths[i]! >= width && !sample[i]!.some(isNumber);
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
  const above = said.filter((cell, j) => cell !== '' && isNumber(numbers[j]!));
  const areUnits = above.length > 0 && above.every((cell) => BRACKETED.test(cell) || UNIT.test(cell));
  return areUnits && !said.some((cell) => isNumber(cell) && !UNIT.test(cell)) ? said : undefined;
}

function withUnit(name: string, unit: string): string {
  const bare = unit.replace(/^[([{]\s*|\s*[)\]}]$/g, '');
  return name === '' || /^[#-]?$/.test(bare) ? name : `${name} (${bare})`;
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
const isNumber = (cell: string): boolean => looksNumeric(cell);
const quoted = (cells: readonly string[]): string =>
  JSON.stringify(cells.filter((cell) => cell.trim() !== '').join(', '));
