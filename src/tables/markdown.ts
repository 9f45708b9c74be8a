/** A Markdown table, as issues and readmes hold them: bold cells, dashes for nothing, prose above and below. */

import { ScalingLawsError } from '../errors.ts';
import { type BadRow, checkSize, short, type Table } from './table.ts';

/** Lines that may stand above the table. */
const MOST_PROSE = 500;

/** Whether a line of dashes between bars stands below a line with bars, in the first {@link MOST_PROSE} lines. */
export function isMarkdown(text: string): boolean {
  const lines = text.slice(0, 1 << 18).split(/\r\n?|\n/, MOST_PROSE);
  return lines.some((line, i) => i > 0 && isRule(line) && isRow(lines[i - 1]!));
}

/**
 * Reads the one table of a Markdown text.
 *
 * @throws {ScalingLawsError} `E_FORMAT` if it holds several.
 */
export function readMarkdown(text: string): Table {
  const lines = text.split(/\r\n?|\n/);
  const rules = lines.flatMap((line, i) => (i > 0 && isRule(line) && isRow(lines[i - 1]!) ? [i] : []));
  if (rules.length !== 1) {
    const cure = 'keep the one that holds the runs';
    throw new ScalingLawsError('E_FORMAT', { argument: 'the text', rule: 'hold one table', got: rules.length, cure });
  }
  const header = cellsOf(lines[rules[0]! - 1]!);
  checkSize(header.length, 0, 0);
  const columns = header.map((): string[] => []);
  const numbers: number[] = [];
  const bad: BadRow[] = [];
  const rule = `have ${header.length} cells like the header`;
  for (let i = rules[0]! + 1; i < lines.length && isRow(lines[i]!); i++) {
    const cells = cellsOf(lines[i]!);
    const [row, found, expected] = [i - rules[0]!, cells.length, header.length];
    if (found === expected) {
      cells.forEach((cell, j) => {
        columns[j]!.push(isDash(cell) ? '' : short(cell));
      });
      numbers.push(row);
    } else
      bad.push({ code: 'E_ROW_RAGGED', row, argument: 'the row', rule, value: found, details: { found, expected } });
  }
  return { header, columns, row: Int32Array.from(numbers), bad, delimiter: '|' };
}

const isRow = (line: string): boolean => line.trim().length > 1 && line.includes('|');
/** `|---|:--:|`: dashes alone between bars. */
const isRule = (line: string): boolean =>
  line.includes('--') && isRow(line) && cellsOf(line).every((cell) => /^:?-+:?$/.test(cell));

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => withoutMarks(cell.trim().replaceAll('\\|', '|')));
}

/** A cell without the marks of bold, italics and code around all of it. */
const withoutMarks = (cell: string): string => (/^(\*\*\*|\*\*|__|~~|\*|_|`)(.+)\1$/.exec(cell)?.[2] ?? cell).trim();

/** Whether a cell says that there is nothing: `-`, `–`, `—`. */
export const isDash = (cell: string): boolean => /^[-–—−]+$/.test(cell);
