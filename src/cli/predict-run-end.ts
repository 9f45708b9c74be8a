/** `scaling-laws predict-run-end`: the loss at the end of a run that is still being trained. */

import { refusal } from '../errors.ts';
import { predictRunEnd as foretold, type RunEnd, runEndOptions } from '../families/predict-run-end.ts';
import type { Filter } from '../filters/filter.ts';
import { list, text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { count, digits, percent } from '../words.ts';
import { command } from './command.ts';
import { fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import { flagSet } from './flags.ts';
import { printJson, printLines, printWarnings } from './io.ts';
import { lawFrom } from './law-argument.ts';
import { PUBLISHED_NAMES } from './law-names.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags, readRows } from './rows.ts';

const borrowing = object('run end options', {
  borrowFrom: optional(text({ help: 'Law of another family: its name, or its file.', placeholder: 'law' })),
  keep: optional(list(text(), { help: 'Coefficients to keep of it: A,alpha.' })),
});
const output = object('output', {
  json: optional(yes({ help: 'Print { target, N, D, loss, share, last, fit, warnings } as JSON.' })),
});

/** The command. */
export const predictRunEnd = command({
  args: [{ ...FILE, name: 'log' }],
  sets: {
    question: flagSet(runEndOptions, { title: 'Question', only: ['target', 'tokens', 'minimumShare'] }),
    borrowing: flagSet(borrowing, {
      title: 'Borrowing',
      change: { borrowFrom: { choices: PUBLISHED_NAMES } },
      needs: { 'borrow-from': ['keep'], keep: ['borrow-from'] },
    }),
    columns: columnFlags,
    filters: filterFlags(false),
    fit: fitFlags,
    law: lawFlags,
    output: flagSet(output, { title: 'Output' }),
  },
  notes: `The end is that of --tokens, or what the last checkpoint and its --fraction say.

${FILTER_ORDER}`,
  examples: ['scaling-laws predict-run-end checkpoints.csv --run name --target main-7B --tokens 2T'],
  run: async ({ args: [file = '-'], flags, io, door }) => {
    const { target, ...question } = flags.question;
    if (target === undefined) throw refusal('predict-run-end', 'have --target', 'none', '--target names a run');
    const { borrowFrom, keep } = flags.borrowing;
    const options = await fitOptionsOf(flags.fit, flags.law);
    const lender = borrowFrom === undefined ? undefined : await lawFrom(borrowFrom, {}, io);
    const runs = await readRows(file, flags.columns, io, options.law);
    const found = foretold(runs, {
      ...options,
      ...question,
      target,
      filters: flags.filters as readonly Filter[],
      ...(lender && keep && { borrowFrom: { law: lender, keep } }),
    });
    if (flags.output.json) return printJson(io, found);
    printLines(io, inWords(found));
    printWarnings(io, found.warnings, door);
  },
});

const inWords = ({ target, N, D, loss, share, last }: RunEnd<string>): string[] => [
  `${target}: loss ${digits(loss, 4)} nats per token at its end, ${count(N)} parameters on ${count(D)} tokens.`,
  `It is ${percent(share)} done, with loss ${digits(last.loss, 4)} at ${count(last.D)} tokens.`,
];
