/** `scaling-laws borrow`: some coefficients of another law are held, and few rows settle the rest. */

import { type Borrowed, borrow as borrowed, borrowOptions } from '../families/borrow.ts';
import { lawOf } from '../laws/fitted-law.ts';
import { table } from '../report/text-table.ts';
import { digits } from '../words.ts';
import { type Argument, command } from './command.ts';
import { fitFlags, fitOptionsOf } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { LAW, lawFileFlags, lawFrom } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';

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
  run: async ({ args: [name = '-'], flags, io, rows }) => {
    const { keep } = flags.keep;
    const from = await lawFrom(name, flags.law, io);
    const { law: _, fixed: __, ...options } = await fitOptionsOf(flags.fit, {});
    const found = borrowed(from, await rows(lawOf(from)), { ...options, keep: keep!, filters: flags.filters });
    return { json: found, words: () => inWords(found), warnings: found.warnings };
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
