/** `scaling-laws ablate`: the same law on several cuts of the same runs, each judged on what it left out. */

import { type Command, Option } from 'commander';
import type { AblationPlan } from '../ablate/ablate.ts';
import { type AblationFormat, formatAblation } from '../ablate/format-ablation.ts';
import { isVaried } from '../ablate/vary.ts';
import { applyFilters } from '../filters/apply.ts';
import type { Filter } from '../filters/filter.ts';
import type { Weighting } from '../filters/weigh.ts';
import { ablateParallel } from '../node.ts';
import { ablationInWords } from './ablation-words.ts';
import { addBootstrapFlags, type BootstrapFlags, bootstrapOf } from './bootstrap-flags.ts';
import { addFitFlags, type FitFlags, variedOptionsOf } from './fit-flags.ts';
import { choiceFlag, given } from './flags.ts';
import { type Io, printLines, printWarnings, UsageError } from './io.ts';
import { longWork } from './long-work.ts';
import { addQuestionFlags, optimumAtOf, type QuestionFlags } from './question-flags.ts';
import { addRowFlags, FILTER_ORDER, filtersOf, type RowFlags, readRows } from './row-flags.ts';

interface Flags extends RowFlags, FitFlags, BootstrapFlags, QuestionFlags {
  readonly weights?: readonly Weighting[];
  readonly format?: 'table' | AblationFormat;
  readonly json?: true;
}

const WEIGHTINGS: readonly Weighting[] = ['given', 'equal', 'sqrt-flops', 'per-run'];

const EXAMPLES = `
${FILTER_ORDER}
A bound, an early cut, --penalty, --delta, --space and --weights may be lists; every combination is one fit. Left out
are the rows that pass all filters without a list, but not the cut. --hold-out takes rows from all fits, after --equals
and before every other filter, so that all are judged on the same ones.

Examples:
  scaling-laws ablate runs.csv --max-tokens-per-param 100,250,500,1000,inf
  scaling-laws ablate checkpoints.csv --exclude-early-fraction 0,0.1,0.25,0.5 --hold-out largest-N --json
  scaling-laws ablate runs.csv --penalty huber,squared --space log,linear --predict-at 70B,1.4T --bootstrap 200
  scaling-laws ablate runs.csv --max-tokens-per-param 100,500,inf --flops 1e24 --json > ablation.json
  scaling-laws ablate runs.csv --max-params 1B,inf --hold-out largest-D:0.2 --format markdown > ablation.md`;

/** Adds the command to `program`. */
export function addAblate(program: Command, io: Io): void {
  const command = program
    .command('ablate')
    .description('fit to several cuts of the runs, or in several ways, and see how each predicts what it has not seen')
    .argument('<file>', 'CSV, TSV, JSON or JSON Lines, one measured loss a row; - for stdin');
  addFitFlags(addRowFlags(command, true), true).addOption(
    choiceFlag(
      '--weights <list>',
      `how rows are weighed: ${WEIGHTINGS.join(', ')} (default: given, by the column weight)`,
      WEIGHTINGS,
      true,
    ),
  );
  addBootstrapFlags(addQuestionFlags(command))
    .optionsGroup('Output:')
    .addOption(
      new Option('--format <format>', 'table for people (default), csv with every digit, markdown, json').choices([
        'table',
        'csv',
        'markdown',
        'json',
      ]),
    )
    .option('--json', 'as --format json: { rows: [{ filters, choice, fit, heldOut, ... }] }')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Flags) => {
      const plan = planOf(flags);
      const format = formatOf(flags);
      const table = await readRows(file, flags, io);
      // Rows of other experiments judge nothing; the fits apply and record these filters all the same.
      const experiment = plan.filters.filter(({ kind }) => kind === 'equals') as readonly Filter[];
      const runs = plan.holdOut ? applyFilters(table, experiment).kept : table;
      const { workers } = flags;
      const ablation = await longWork(io, 'ablation', (watch) =>
        ablateParallel(runs, { ...plan, ...given({ workers }), ...watch }),
      );
      if (format === 'table') printLines(io, ablationInWords(ablation, plan.filters, io.columns));
      else io.stdout(formatAblation(ablation, format));
      if (format !== 'json') printWarnings(io, ablation.warnings);
    });
}

/** What the flags ask for; there must be something to compare. */
function planOf(flags: Flags): AblationPlan {
  const { weights, holdOut, predictAt } = flags;
  const options = variedOptionsOf(flags);
  const filters = filtersOf(flags);
  const lists = [options.penalty, options.space ?? [], weights ?? []];
  if (!filters.some(isVaried) && lists.every(({ length }) => length < 2) && !holdOut) {
    throw new UsageError(
      'ablate must have a list in a bound, an early cut, --penalty, --delta, --space or --weights, ' +
        'e.g. --max-tokens-per-param 100,250,inf, or a --hold-out',
    );
  }
  const asked = { holdOut, predictAt, optimumAt: optimumAtOf(flags) };
  return { ...options, filters, ...given({ weights, ...asked, bootstrap: bootstrapOf(flags) }) };
}

function formatOf({ format, json }: Flags): 'table' | AblationFormat {
  if (json && format !== undefined && format !== 'json') {
    throw new UsageError(`--json must not come with another format, got --format ${format}`);
  }
  return json ? 'json' : (format ?? 'table');
}
