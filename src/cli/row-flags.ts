/** Flags that say which rows enter a fit: how to read the table, and what to leave out of it. */

import { type Command, Option } from 'commander';
import type { Varied } from '../ablate/vary.ts';
import { EARLY_PRESETS, type Measure } from '../filters/filter.ts';
import { readRunsFile } from '../node.ts';
import type { Convention } from '../runs/convention.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../runs/exports.ts';
import type { GivenValues } from '../runs/fields.ts';
import { type ReadRunsOptions, readRuns } from '../runs/read-runs.ts';
import type { TableFormat } from '../runs/read-table.ts';
import type { Runs } from '../runs/runs.ts';
import { FRACTION, given, integer, listFlag, NOT_NEGATIVE, numberFlag, UPPER_BOUND } from './flags.ts';
import { type Io, UsageError } from './io.ts';

/** Values of the flags of {@link addColumnFlags}. */
export interface ColumnFlags {
  readonly N?: string;
  readonly D?: string;
  readonly C?: string;
  readonly U?: string;
  readonly loss?: string;
  readonly run?: string;
  readonly fraction?: string;
  readonly step?: string;
  readonly set?: GivenValues;
  readonly counts?: Convention;
  readonly inputFormat?: TableFormat | ExportFormat;
  readonly onBadRow?: 'throw' | 'skip';
}

/** Values of the flags of {@link addRowFlags}; bounds and cuts are lists, of one number unless lists are allowed. */
export interface RowFlags extends ColumnFlags {
  readonly equals?: Readonly<Record<string, readonly string[]>>;
  readonly early?: keyof typeof EARLY_PRESETS;
  readonly excludeEarlyTokens?: readonly number[];
  readonly excludeEarlyFraction?: readonly number[];
  readonly excludeEarlySteps?: readonly number[];
  readonly everyKth?: number;
  readonly finalOnly?: true;
  readonly lowestLoss?: true;
  readonly dropTopLoss?: number;
  readonly minParams?: readonly number[];
  readonly maxParams?: readonly number[];
  readonly minTokens?: readonly number[];
  readonly maxTokens?: readonly number[];
  readonly minFlops?: readonly number[];
  readonly maxFlops?: readonly number[];
  readonly minTokensPerParam?: readonly number[];
  readonly maxTokensPerParam?: readonly number[];
  readonly minLoss?: readonly number[];
  readonly maxLoss?: readonly number[];
}

/** What the filters do in which order; said in the help of every command that has them. */
export const FILTER_ORDER = `Rows are filtered in this order, whatever the order of the flags: --equals (which experiment); early checkpoints,
--every-kth, --final-only, --lowest-loss (which checkpoints); --drop-top-loss (outliers among what is left); then the
bounds, both ends inclusive. Numbers may be written 70e9, 70B or 1.4T; inf is no upper bound.`;

const BOUNDS = [
  ['params', 'parameters'],
  ['tokens', 'training tokens'],
  ['flops', 'training FLOPs'],
  ['tokens-per-param', 'tokens per parameter'],
  ['loss', 'loss'],
] as const;

/** Adds the flags that say how to read a table. */
export function addColumnFlags(command: Command): Command {
  return command
    .optionsGroup('Columns (needed where headers do not speak for themselves):')
    .option('--N <column>', 'parameters')
    .option('--D <column>', 'training tokens; two of N, D, C give the third by C = 6 N D')
    .option('--C <column>', 'training FLOPs')
    .option('--U <column>', 'unique tokens, where data repeat')
    .option('--loss <column>', 'loss, nats per token')
    .option('--run <columns>', 'name of the training run; several columns between commas are joined')
    .option('--fraction <column>', 'share of its run that a row had reached')
    .option('--step <column>', 'optimizer step')
    .option(
      '--set <name=value,...>',
      'what no column says, for all rows: N, D, C, U, run, tokensPerStep (D = step x it), e.g. N=1.3B',
      addSet,
    )
    .option(
      '--counts <N=what,C=what>',
      'what N (total, body: without embeddings) and C (6ND, kaplan, hoffmann, ...) count',
      addCounts,
    )
    .addOption(
      new Option('--input-format <format>', 'form of FILE (default: by content or extension)').choices(FORMATS),
    )
    .addOption(new Option('--on-bad-row <what>', 'a row with a bad cell is an error, or is skipped').choices(BAD_ROW));
}

/** Adds the flags that say which rows to use, and how to read them; `lists` says whether a bound or an early cut may be several. */
export function addRowFlags(command: Command, lists: boolean): Command {
  const value = lists ? '<list>' : '<number>';
  addColumnFlags(command)
    .optionsGroup('Rows:')
    .option(
      '--equals <column=value>',
      'keep rows with this value; again for another column, or another value',
      addEqual,
    )
    .addOption(
      new Option('--early <preset>', 'hitchhiker: drop the first 10% of each run or 10e9 tokens, whichever is more')
        .choices(Object.keys(EARLY_PRESETS))
        .conflicts(['excludeEarlyTokens', 'excludeEarlyFraction', 'excludeEarlySteps']),
    )
    .addOption(
      listFlag(`--exclude-early-tokens ${value}`, 'drop checkpoints up to so many tokens', NOT_NEGATIVE, lists),
    )
    .addOption(listFlag(`--exclude-early-fraction ${value}`, 'drop the first share of each run', FRACTION, lists))
    .addOption(listFlag(`--exclude-early-steps ${value}`, 'drop checkpoints up to this step', NOT_NEGATIVE, lists))
    .addOption(numberFlag('--every-kth <k>', 'keep every k-th checkpoint of a run, and its last', integer(1)))
    .option('--final-only', 'keep the last checkpoint of each run')
    .option('--lowest-loss', 'keep the lowest loss at each (N, D)')
    .addOption(numberFlag('--drop-top-loss <k>', 'drop the k highest losses', integer(0)));
  for (const [name, of] of BOUNDS) {
    command.addOption(listFlag(`--min-${name} ${value}`, `least ${of}`, NOT_NEGATIVE, lists));
    command.addOption(listFlag(`--max-${name} ${value}`, `most ${of}`, UPPER_BOUND, lists));
  }
  return command;
}

const FORMATS = ['csv', 'tsv', 'json', 'jsonl', ...EXPORT_FORMATS];
const BAD_ROW = ['throw', 'skip'];

function addEqual(text: string, before: RowFlags['equals'] = {}): RowFlags['equals'] {
  const [, column, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (column === undefined || value === undefined) {
    throw new UsageError(`--equals must be COLUMN=VALUE, got ${JSON.stringify(text)}`);
  }
  return { ...before, [column]: [...(before[column] ?? []), value] };
}

function addCounts(text: string): Convention {
  const pairs = text.split(',').map((pair) => /^\s*([NC])=(\w+)\s*$/.exec(pair));
  if (pairs.some((pair) => !pair)) {
    throw new UsageError(
      `--counts must be N=total or N=body, C=6ND or another convention, got ${JSON.stringify(text)}`,
    );
  }
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!]));
}

function addSet(text: string, before: GivenValues = {}): GivenValues {
  // A comma may stand in a value, 1,000,000; one before NAME= begins the next.
  const pairs = text.split(/,(?=\s*\w+=)/).map((pair) => /^\s*(\w+)=(.*)$/s.exec(pair));
  const values = pairs.flatMap((pair) => (pair ? [[pair[1]!, pair[2]!.trim()]] : []));
  if (values.length < pairs.length || values.some(([, value]) => value === '')) {
    throw new UsageError(`--set must be NAME=VALUE, between commas where several, got ${JSON.stringify(text)}`);
  }
  return { ...before, ...Object.fromEntries(values) };
}

/** The runs in `file`, or on standard input where it is `-`. */
export async function readRows(file: string, flags: ColumnFlags, io: Io): Promise<Runs> {
  const {
    N,
    D,
    C,
    U,
    loss,
    run,
    fraction,
    step,
    inputFormat: format,
    onBadRow,
    set: constants,
    counts: convention,
  } = flags;
  const options: ReadRunsOptions = {
    columns: given({ N, D, C, U, loss, run: run?.split(',').map((name) => name.trim()), fraction, step }),
    ...given({ format, onBadRow, convention, constants }),
  };
  return file === '-' ? readRuns(await io.stdin(), options) : readRunsFile(file, options);
}

/** The filters that the flags ask for, in the order of {@link FILTER_ORDER}; lists of several numbers stay lists. */
export function filtersOf(flags: RowFlags): readonly Varied[] {
  const { equals = {}, early, everyKth, dropTopLoss } = flags;
  const cuts = given({
    tokens: alternatives(flags.excludeEarlyTokens),
    fraction: alternatives(flags.excludeEarlyFraction),
    steps: alternatives(flags.excludeEarlySteps),
  });
  return [
    ...Object.entries(equals).map(([column, value]): Varied => ({ kind: 'equals', column, value })),
    ...(early ? [{ kind: 'exclude-early', early } as const] : []),
    ...(Object.keys(cuts).length > 0 ? [{ kind: 'exclude-early', ...cuts } as const] : []),
    ...(everyKth === undefined ? [] : [{ kind: 'every-kth', k: everyKth } as const]),
    ...(flags.finalOnly ? [{ kind: 'final-only' } as const] : []),
    ...(flags.lowestLoss ? [{ kind: 'lowest-loss' } as const] : []),
    ...(dropTopLoss === undefined ? [] : [{ kind: 'drop-top-loss', count: dropTopLoss } as const]),
    ...range('N', flags.minParams, flags.maxParams),
    ...range('D', flags.minTokens, flags.maxTokens),
    ...range('C', flags.minFlops, flags.maxFlops),
    ...range('tokensPerParam', flags.minTokensPerParam, flags.maxTokensPerParam),
    ...range('loss', flags.minLoss, flags.maxLoss),
  ];
}

function range(of: Measure, least: readonly number[] | undefined, most: readonly number[] | undefined): Varied[] {
  const bounds = given({ min: alternatives(least), max: alternatives(most) });
  return Object.keys(bounds).length > 0 ? [{ kind: 'range', of, ...bounds }] : [];
}

/** One number by itself, several as a list; a lone `inf` bounds nothing. */
function alternatives(values: readonly number[] | undefined): number | readonly number[] | undefined {
  if (values === undefined || values.length > 1) return values;
  return values[0] === Number.POSITIVE_INFINITY ? undefined : values[0];
}
