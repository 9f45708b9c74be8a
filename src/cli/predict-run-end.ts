/** `scaling-laws predict-run-end`: the loss at the end of a run that is still being trained. */

import { predictRunEnd as foretold, type RunEnd, runEndOptions } from '../families/predict-run-end.ts';
import { count, digits, percent } from '../words.ts';
import { command } from './command.ts';
import { FIT_SETS, fitInput } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { lawFrom } from './law-argument.ts';
import { jsonFlags } from './out.ts';
import { FILE, FILTER_ORDER } from './rows.ts';

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
    ...FIT_SETS,
    output: jsonFlags('Print { target, N, D, loss, share, last, fit, warnings } as JSON.'),
  },
  notes: `The end is that of --tokens, or what the last checkpoint and its --fraction say.

${FILTER_ORDER}`,
  examples: ['scaling-laws predict-run-end checkpoints.csv --run name --target main-7B --tokens 2T'],
  run: async ({ flags, io, rows }) => {
    const { target, ...question } = flags.question;
    const { borrowFrom } = flags.borrowing;
    const lender = borrowFrom && { ...borrowFrom, law: await lawFrom(String(borrowFrom.law), {}, io) };
    const { runs, options } = await fitInput(flags, rows);
    const found = foretold(runs, { ...options, ...question, target: target!, ...given({ borrowFrom: lender }) });
    const { lossUnit } = found.fit;
    return { json: found, words: () => inWords(found), warnings: found.warnings, ...given({ lossUnit }) };
  },
});

const inWords = ({ target, N, D, loss, share, last }: RunEnd<string>): string[] => [
  `${target}: loss ${digits(loss, 4)} nats per token at its end, ${count(N)} parameters on ${count(D)} tokens.`,
  `It is ${percent(share)} done, with loss ${digits(last.loss, 4)} at ${count(last.D)} tokens.`,
];
