/** `scaling-laws borrow`: some coefficients of another law are held, and few rows settle the rest. */

import { type Borrowed, borrow as borrowed, borrowOptions } from '../families/borrow.ts';
import type { Filter } from '../filters/filter.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { digits } from '../words.ts';
import { type Argument, command } from './command.ts';
import { fitFlags, fitOptionsOf } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { printJson, printLines, printWarnings } from './io.ts';
import { LAW, lawFileFlags, lawFrom } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags, readRows } from './rows.ts';
import { table } from './words.ts';

const LENDER: Argument = { ...LAW, name: 'law' };

/** The command. */
export const declared = command({
  args: [LENDER, FILE],
  sets: {
    keep: flagSet(borrowOptions, { title: 'Borrowing', only: ['keep'], needed: [['keep']] }),
    columns: columnFlags,
    filters: filterFlags(false),
    fit: { ...fitFlags, flags: fitFlags.flags.filter(({ name }) => name !== 'law' && name !== 'fix') },
    law: lawFileFlags,
    output: jsonFlags('Print { from, borrowed, fit } as JSON.'),
  },
  notes: FILTER_ORDER,
  examples: ['scaling-laws borrow hoffmann-2022 runs.csv --keep A,alpha'],
  run: async ({ args: [name = '-'], files, flags, io, door }) => {
    const { keep } = flags.keep;
    const from = await lawFrom(name, flags.law, io);
    const { law: _, fixed: __, ...options } = await fitOptionsOf(flags.fit, {});
    const runs = await readRows(files, flags.columns, io, lawOf(from));
    const found = borrowed(from, runs, { ...options, keep: keep!, filters: flags.filters as readonly Filter[] });
    if (flags.output.json) return printJson(io, found);
    printLines(io, inWords(found));
    printWarnings(io, found.warnings, door);
  },
});

function inWords({ from, borrowed: held, fit }: Borrowed<string>): string[] {
  const rows = Object.entries<number>(fit.coefficients).map(([name, value]) => [
    name,
    digits(value),
    Object.hasOwn(held, name) ? 'borrowed' : 'fitted',
  ]);
  return [`Borrowed from ${from}; the rest is fitted to ${fit.runs.kept} rows.`, '', ...table(rows, 3)];
}
