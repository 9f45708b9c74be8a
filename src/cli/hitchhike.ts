/** `scaling-laws hitchhike`: how many models of a family, how far trained, it takes to predict the largest of them. */

import { hitchhikeOptions } from '../families/hitchhike-plan.ts';
import type { Filter } from '../filters/filter.ts';
import { choice, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { command } from './command.ts';
import { fitFlags, fitOptionsOf, lawFlags, workerFlags } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { lawFrom } from './law-argument.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';

const output = object('output', {
  format: optional(
    choice(['table', 'csv', 'json'], {
      help: 'Format: a table for people, csv with a line a cell, or json.',
      placeholder: 'format',
    }),
    'table',
  ),
  json: optional(
    yes({ help: 'The same as --format json: { families: [{ family, cells, cheapest }], mean, baselines }.' }),
  ),
});
const omitted = ['engine', 'search'];

/** The command. */
export const hitchhike = command({
  args: [FILE],
  sets: {
    cells: flagSet(hitchhikeOptions, {
      title: 'Cells',
      only: ['by', 'shares', 'models', 'window', 'target', 'direction', 'withTarget'],
      change: { shares: { placeholder: 'list' }, models: { placeholder: 'list' } },
    }),
    borrowing: flagSet(hitchhikeOptions, {
      title: 'Borrowing',
      only: ['borrowFrom'],
      needs: { 'borrow-from': ['keep'], keep: ['borrow-from'] },
    }),
    columns: columnFlags,
    filters: filterFlags(false),
    fit: { ...fitFlags, flags: fitFlags.flags.filter(({ path }) => !omitted.some((one) => path.startsWith(one))) },
    law: lawFlags,
    workers: workerFlags,
    output: flagSet(output, { title: 'Output', oneOf: [['json', 'format']] }),
  },
  notes: `A cell is a number of models, the smallest first, and a share of the tokens of the longest of them. The law fitted to its
checkpoints predicts the last 30% of the largest model; ARE is the mean of |predicted - observed| / observed there. Without a cut of
early checkpoints those of the first 10e9 tokens stay out, as in the paper; --exclude-early-tokens 0 keeps them.
--borrow-from fits one model at a time.

${FILTER_ORDER}`,
  examples: [
    'scaling-laws hitchhike families.csv',
    'scaling-laws hitchhike families.csv --penalty squared --space linear --shares 0.5,1 --format csv > cells.csv',
    'scaling-laws hitchhike families.csv --early hitchhiker --final-only --shares 1',
    'scaling-laws hitchhike families.csv --window 3 --json > cells.json',
    'scaling-laws hitchhike families.csv --borrow-from muennighoff-2023 --keep A,alpha --shares 1',
  ],
  run: async ({ flags, io, rows }) => {
    const { prior: _, engine: __, search: ___, ...options } = await fitOptionsOf(flags.fit, flags.law);
    const runs = await rows(options.law);
    const { borrowFrom } = flags.borrowing;
    const lender = borrowFrom && { ...borrowFrom, law: await lawFrom(String(borrowFrom.law), {}, io) };
    const plan = { ...options, ...flags.cells, ...given({ borrowFrom: lender }) };
    const { hitchhikeParallel } = await import('../node.ts');
    const { longWork } = await import('./long-work.ts');
    const { hitchhikeInWords, hitchhikeSheet } = await import('./hitchhike-words.ts');
    const found = await longWork(io, 'hitchhike', (watch) =>
      hitchhikeParallel(runs, {
        ...plan,
        filters: flags.filters as readonly Filter[],
        ...given(flags.workers),
        ...watch,
      }),
    );
    return {
      json: found,
      words: () => hitchhikeInWords(found, io.columns),
      sheet: () => hitchhikeSheet(found),
    };
  },
});
