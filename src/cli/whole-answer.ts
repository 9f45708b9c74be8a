/** `scaling-laws answer`: from a table of runs to what to train, in one command. */

import { basename } from 'node:path';
import { type AnswerQuestion, answerQuestion } from '../answer/question.ts';
import type { Filter } from '../filters/filter.ts';
import type { Demand } from '../inference/demand.ts';
import { poolOption } from '../node/workers.ts';
import { text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { command } from './command.ts';
import { fitFlags, fitOptionsOf, lawFlags } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { printJson, printLines, printWarnings } from './io.ts';
import { isStdout, writeOut } from './out.ts';
import { demandFlags } from './plan-flags.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags, readRows } from './rows.ts';
import { table } from './words.ts';

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
      needs: { 'budget-for': ['inference-tokens', 'requests'] },
    }),
    demand: demandFlags,
    columns: columnFlags,
    filters: filterFlags(false),
    fit: fitFlags,
    law: lawFlags,
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
  run: async ({ files, flags, io, door }) => {
    const { C = 0, ...question } = flags.question;
    const { workers, ...resampling } = flags.uncertainty;
    const { checkedQuestion, fitOf, resamplingOf, answerFrom } = await import('../answer/answer.ts');
    const { answerInWords } = await import('../answer/in-words.ts');
    const options = await fitOptionsOf(flags.fit, flags.law);
    const demand = flags.demand.demand as Demand | undefined;
    const asked = checkedQuestion({
      ...(options as Partial<AnswerQuestion>),
      ...question,
      ...resampling,
      C,
      filters: flags.filters as readonly Filter[],
      ...given({ demand }),
    });
    const runs = await readRows(files, flags.columns, io, options.law);
    const { bootstrapParallel } = await import('../node.ts');
    const { longWork } = await import('./long-work.ts');
    const { out, json } = flags.output;
    const fit = fitOf(runs, asked);
    const boot = await longWork(io, 'bootstrap', (watch) =>
      bootstrapParallel(fit, runs, { ...resamplingOf(asked), ...given({ workers }), ...watch }),
    );
    const found = answerFrom(fit, runs, boot, asked);
    if (out !== undefined) {
      const { reportHtml } = await import('../report.ts');
      const { plotDocument } = await import('../node/pictures.ts');
      const title =
        files.length === 1 && files[0] !== '-' ? `What to train, from ${basename(files[0]!)}` : 'What to train';
      const goal = { kind: `${found.decision.budget}-budget`, budget: C } as const;
      const problem = { goal, given: asked.given, ...given({ demand }) };
      const document = await plotDocument();
      const page = reportHtml({ answer: found, fit: found.fit, runs, bootstrap: boot, problem, title, document });
      if (isStdout(out)) return io.stdout(page);
      await writeOut(out, page);
    }
    if (json) return printJson(io, found);
    const saved = out === undefined ? [] : [['report', out]];
    printLines(io, table([...answerInWords(found), ...saved], 2));
    printWarnings(
      io,
      found.findings.filter(({ severity }) => severity === 'error'),
      door,
    );
  },
});
