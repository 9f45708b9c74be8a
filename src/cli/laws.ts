/** `scaling-laws laws`: the published laws, to be used by name. */

import type { Command } from 'commander';
import { publishedLaws } from '../laws/published.ts';
import { type Io, printJson, printLines } from './io.ts';
import { digits, table } from './words.ts';

/** Adds the command to `program`. */
export function addLaws(program: Command, io: Io): void {
  program
    .command('laws')
    .description('list the published laws: name, coefficients, source')
    .option('--json', 'print the laws as JSON')
    .action(({ json }: { json?: true }) => {
      const laws = Object.values(publishedLaws);
      if (json) return printJson(io, laws);
      const names = ['E', 'A', 'B', 'alpha', 'beta'] as const;
      const rows = laws.map(({ name, coefficients }) => [name, ...names.map((key) => digits(coefficients[key]))]);
      const lines = table([['L(N, D) = E + A / N^alpha + B / D^beta', ...names], ...rows]);
      const notes = laws.map(({ description, source }) => `    ${description}. ${source}`);
      printLines(io, [lines[0]!, ...lines.slice(1).flatMap((line, i) => [line, notes[i]!])]);
    });
}
