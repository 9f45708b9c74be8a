/**
 * Cells parted by `,`, `;`, `|`, tabs or spaces, one row a line, as spreadsheets and scripts save them: below a title, above a row of units,
 * with comments, with delimiters at the end of every line.
 */

import { tableOfCells, usual } from './cells.ts';
import { cellsOfLines } from './csv.ts';
import { looksNumeric, type Table } from './table.ts';

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
  const cells = by === SPACES ? spaced(body, sample) : cellsOfLines(body, by);
  return { ...tableOfCells(cells, by === SPACES || by === '\t'), delimiter: by };
}

/** Cells parted by two spaces or more where that gives every line as many, so that a heading may hold one; else by any. */
function spaced(body: string, sample: readonly string[]): string[][] {
  const wide = (line: string): string[] => line.trim().split(/\s{2,}/);
  const any = (line: string): string[] => line.match(/"[^"]*"|\S+/g)?.map((cell) => cell.replace(/^"|"$/g, '')) ?? [];
  const counts = new Set(sample.map((line) => wide(line).length));
  const split = counts.size === 1 && !counts.has(1) ? wide : any;
  return body.split('\n').map(split);
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
    cells.length > 1 && headings.length === cells.length && cells.some(looksNumeric) && !headings.some(looksNumeric);
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
