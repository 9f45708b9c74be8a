/** Runs back into text: the inverse of {@link readRuns}. */

import { csvOf } from '../tables/csv.ts';
import { OPTIONAL_NUMBERS, OPTIONAL_TEXTS, type Runs } from './runs.ts';

/**
 * Runs as CSV with a header, numbers in full precision, one row a line, ending in a newline.
 *
 * @param runs - Runs to write; columns of `extra` follow the library's own, those whose name is taken are left out.
 * @example
 * runsToCsv(readRuns('N,D,loss\n1e9,2e10,2.5')) // => 'N,D,C,loss\n1000000000,20000000000,120000000000000000000,2.5\n'
 */
export function runsToCsv(runs: Runs): string {
  const own = ['N', 'D', 'C', 'loss', ...OPTIONAL_NUMBERS, ...OPTIONAL_TEXTS] as const;
  const there = own.filter((name) => runs[name] !== undefined);
  const further = Object.keys(runs.extra).filter((name) => !(own as readonly string[]).includes(name));
  const data = Array.from({ length: runs.length }, (_, i) => [
    ...there.map((name) => runs[name]![i]),
    ...further.map((name) => runs.extra[name]![i]),
  ]);
  return csvOf([...there, ...further], data);
}
