/** `scaling-laws ablate`: the same law on several cuts of the same runs, each judged on what it left out. */

import { ablationSheet } from '../ablate/format-ablation.ts';
import type { AblationPlan } from '../ablate/plan.ts';
import { isVaried } from '../ablate/vary.ts';
import { refusal } from '../errors.ts';
import { ablateParallel } from '../node.ts';
import { choice, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { ablationInTable, ablationInWords } from './ablation-words.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { fitOptionsOf, lawFlags, listsOf, penaltiesOf, variedFitFlags, workingFlags } from './fit-options.ts';
import { flagSet, given } from './flags.ts';
import { ofExperiment } from './judged-fits.ts';
import { longWork } from './long-work.ts';
import { holdOutFlags, questionFlags } from './questions.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';

const output = object('output', {
  format: optional(
    choice(['table', 'csv', 'markdown', 'json'], {
      help: 'Format: table for people, csv with every digit, markdown or json.',
      placeholder: 'format',
    }),
    'table',
  ),
  json: optional(yes({ help: 'The same as --format json: { rows: [{ filters, choice, fit, heldOut, ... }] }.' })),
});

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    columns: columnFlags,
    filters: filterFlags(true),
    fit: variedFitFlags,
    law: lawFlags,
    holdOut: holdOutFlags,
    questions: questionFlags,
    bootstrap: workingFlags,
    output: flagSet(output, { title: 'Output', oneOf: [['json', 'format']] }),
    by: byFlags,
  },
  notes: `${FILTER_ORDER}
A bound, an early cut, --penalty, --delta, --space and --weights may be lists; every combination is one fit. Left out
are the rows that pass all filters without a list, but not the cut. --hold-out takes rows from all fits, after --equals
and before every other filter, so that all are judged on the same ones.`,
  examples: [
    'scaling-laws ablate runs.csv --max-tokens-per-param 100,250,500,1000,inf',
    'scaling-laws ablate checkpoints.csv --exclude-early-fraction 0,0.1,0.25,0.5 --hold-out largest-N --json',
    'scaling-laws ablate runs.csv --penalty huber,squared --space log,linear --predict-at 70B,1.4T --bootstrap 200',
    'scaling-laws ablate runs.csv --max-tokens-per-param 100,500,inf --flops 1e24 --json > ablation.json',
    'scaling-laws ablate runs.csv --max-params 1B,inf --hold-out largest-D:0.2 --format markdown > ablation.md',
  ],
  each: { of: 'rows', all: 'ablations', one: 'ablation' },
  run: async ({ flags, io, rows }) => {
    const { filters, holdOut } = flags;
    const penalty = penaltiesOf(flags.fit);
    const { space, weights } = listsOf(flags.fit);
    const lists = [penalty, space, weights];
    if (!filters.some(isVaried) && lists.every((one) => (one?.length ?? 1) < 2) && !holdOut) {
      throw refusal(
        'ablate',
        'have a list in a bound, an early cut, --penalty, --delta, --space or --weights, or a --hold-out',
        'none',
        '--max-tokens-per-param 100,250,inf is one',
      );
    }
    const { penalty: _, space: __, weights: ___, ...options } = await fitOptionsOf(flags.fit, flags.law);
    const { workers, ...redrawn } = flags.bootstrap;
    const bootstrap = redrawn.replicates === undefined ? undefined : redrawn;
    const varied = given({ penalty, space, weights, holdOut, bootstrap, workers });
    const plan = { ...options, filters, ...flags.questions, ...varied } as AblationPlan;
    const table = await rows(options.law);
    // Rows of other experiments judge nothing; the fits apply and record these filters all the same.
    const runs = holdOut ? ofExperiment(table, filters) : table;
    const ablation = await longWork(io, 'ablation', (watch) => ablateParallel(runs, { ...plan, ...watch }));
    return {
      json: ablation,
      words: () => ablationInWords(ablation, plan.filters, io.columns),
      table: () => ablationInTable(ablation, plan.filters),
      sheet: () => ablationSheet(ablation),
      warnings: ablation.warnings,
    };
  },
});
