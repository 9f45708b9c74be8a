/** `scaling-laws predict-run-end`: the loss at the end of a run that is still being trained. */

import { predictRunEnd as foretold, type RunEnd, runEndOptions } from '../families/predict-run-end.ts';
import type { Filter } from '../filters/filter.ts';
import { inLossUnit } from '../loss-unit.ts';
import { count, digits, percent } from '../words.ts';
import { command } from './command.ts';
import { fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { printJson, printLines, printWarnings } from './io.ts';
import { lawFrom } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags, readRows } from './rows.ts';

/** The command. */
export const declared = command({
  args: [{ ...FILE, name: 'log' }],
  sets: {
    question: flagSet(runEndOptions, {
      title: 'Question',
      only: ['target', 'tokens', 'minimumShare'],
      needed: [['target']],
    }),
    borrowing: flagSet(runEndOptions, {
      title: 'Borrowing',
      only: ['borrowFrom'],
      needs: { 'borrow-from': ['keep'], keep: ['borrow-from'] },
    }),
    columns: columnFlags,
    filters: filterFlags(false),
    fit: fitFlags,
    law: lawFlags,
    output: jsonFlags('Print { target, N, D, loss, share, last, fit, warnings } as JSON.'),
  },
  notes: `The end is that of --tokens, or what the last checkpoint and its --fraction say.

${FILTER_ORDER}`,
  examples: ['scaling-laws predict-run-end checkpoints.csv --run name --target main-7B --tokens 2T'],
  run: async ({ files, flags, io, door }) => {
    const { target, ...question } = flags.question;
    const { borrowFrom } = flags.borrowing;
    const options = await fitOptionsOf(flags.fit, flags.law);
    const lender = borrowFrom && { ...borrowFrom, law: await lawFrom(String(borrowFrom.law), {}, io) };
    const runs = await readRows(files, flags.columns, io, options.law);
    const found = foretold(runs, {
      ...options,
      ...question,
      target: target!,
      filters: flags.filters as readonly Filter[],
      ...given({ borrowFrom: lender }),
    });
    if (flags.output.json) return printJson(io, found);
    printLines(
      io,
      inWords(found).map((line) => inLossUnit(line, found.fit.lossUnit)),
    );
    printWarnings(io, found.warnings, door);
  },
});

const inWords = ({ target, N, D, loss, share, last }: RunEnd<string>): string[] => [
  `${target}: loss ${digits(loss, 4)} nats per token at its end, ${count(N)} parameters on ${count(D)} tokens.`,
  `It is ${percent(share)} done, with loss ${digits(last.loss, 4)} at ${count(last.D)} tokens.`,
];
