/** `scaling-laws answer`: from a table of runs to what to train, in one command. */

import { answerFrom, checkedQuestion, fitOf, resamplingOf } from '../answer/answer.ts';
import { answerInWords } from '../answer/in-words.ts';
import { type AnswerQuestion, answerQuestion } from '../answer/question.ts';
import type { Demand } from '../inference/demand.ts';
import { poolOption } from '../node/workers.ts';
import { table } from '../report/text-table.ts';
import { text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { command } from './command.ts';
import { FIT_SETS, fitInput } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { redraw } from './long-work.ts';
import { isStdout, writeOut } from './out.ts';
import { demandFlags } from './plan-flags.ts';
import { FILE, FILTER_ORDER, nameOf } from './rows.ts';

const output = object('output', {
  out: optional(text({ help: 'File for the report, one page of HTML.', placeholder: 'file' })),
  json: optional(yes({ help: 'Print { decision, otherReading, alternatives, next, findings, fit } as JSON.' })),
});

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    question: flagSet(answerQuestion, {
      title: 'Question',
      only: ['C', 'budget', 'given', 'level'],
      needed: [['flops']],
      needs: { 'budget-for': [['inference-tokens', 'requests']] },
    }),
    demand: demandFlags,
    ...FIT_SETS,
    uncertainty: flagSet(object('question', { ...answerQuestion.entries, ...poolOption.entries }), {
      title: 'Uncertainty',
      only: ['replicates', 'resample', 'seed', 'workers'],
      change: { replicates: { name: 'bootstrap' } },
    }),
    output: flagSet(output, { title: 'Output' }),
  },
  notes: `Fits the law, redraws the runs, diagnoses, asks other cuts of the same rows, and designs the next runs. FLOPs may pay for training
alone or for training and serving: with a demand both are answered, the second first unless --budget-for says otherwise.

${FILTER_ORDER}`,
  examples: [
    'scaling-laws answer runs.csv --flops 1e22',
    'scaling-laws answer runs.csv --flops 1e22 --inference-tokens 1T --out report.html',
  ],
  run: async ({ files, flags, io, rows }) => {
    const { C = 0, ...question } = flags.question;
    const { workers, ...resampling } = flags.uncertainty;
    const { runs, options } = await fitInput(flags, rows);
    const demand = flags.demand.demand as Demand | undefined;
    const said = { ...(options as Partial<AnswerQuestion>), ...question, ...resampling, ...given({ demand }) };
    const asked = checkedQuestion({ ...said, C });
    const fit = fitOf(runs, asked);
    const bootstrap = await redraw(fit, runs, { ...resamplingOf(asked), ...given({ workers }) }, io);
    const found = answerFrom(fit, runs, bootstrap, asked);
    const { out } = flags.output;
    if (out !== undefined) {
      const { reportHtml } = await import('../report.ts');
      const { plotDocument } = await import('../node/pictures.ts');
      const title = ['What to train', nameOf(files) ?? []].flat().join(', from ');
      const goal = { kind: `${found.decision.budget}-budget`, budget: C } as const;
      const problem = { goal, given: asked.given, ...given({ demand }) };
      const page = { answer: found, fit: found.fit, runs, bootstrap, problem, title, document: await plotDocument() };
      if (isStdout(out)) return { page: reportHtml(page) };
      await writeOut(out, reportHtml(page));
    }
    const saved = out === undefined ? [] : [['report', out]];
    return {
      json: found,
      words: () => table([...answerInWords(found), ...saved], 2),
      warnings: found.findings.filter(({ severity }) => severity === 'error'),
    };
  },
});
