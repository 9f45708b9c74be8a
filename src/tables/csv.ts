/** Lines of cells: RFC 4180, with any delimiter. */

import { dsvFormat } from 'd3-dsv';
import { ScalingLawsError } from '../errors.ts';

/** Stands in a line of its own below the text; where it does not come out alone, a quote above it was never closed. */
const END = '\u0000end';

/**
 * Cells of each line of `text`.
 *
 * @throws {ScalingLawsError} `E_FORMAT` where a quote does not close.
 */
export function cellsOfLines(text: string, delimiter: string): string[][] {
  const rows = dsvFormat(delimiter).parseRows(`${text}\n${END}`) as string[][];
  if (rows.at(-1)?.[0] === END) return rows.slice(0, -1);
  const row = rows.length - 1;
  const got = 'a quote that is never closed';
  throw new ScalingLawsError(
    'E_FORMAT',
    { where: `row ${row}`, argument: 'quotes', rule: 'close before a delimiter or line end', got },
    { row },
  );
}

/** A header and rows as CSV, numbers in full precision, what is absent as an empty cell, ending in a newline. */
export function csvOf(header: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return `${dsvFormat(',').formatRows([header, ...rows] as string[][])}\n`;
}
