/** `scaling-laws approaches`: Hoffmann et al.'s three approaches side by side on the same runs. */

import { type Command, Option } from 'commander';
import { DEFAULT_ISO_FLOP_CURVE, type IsoFlopCurve } from '../approaches/approach2.ts';
import { DEFAULT_BUDGET_TOLERANCE } from '../approaches/budgets.ts';
import type { Flag } from '../approaches/flags.ts';
import { DEFAULT_ENVELOPE_BUDGETS } from '../approaches/training-curves.ts';
import {
  type ApproachAnswer,
  type ApproachComparison,
  compareApproaches,
  DEFAULT_APPROACH_REPLICATES,
} from '../compare-approaches/compare-approaches.ts';
import type { IsoFlopBias } from '../compare-approaches/iso-flop-bias.ts';
import type { Filter } from '../filters/filter.ts';
import type { Finding } from '../finding.ts';
import { DEFAULT_LEVEL, type Interval } from '../uncertainty/intervals.ts';
import { count, digits, percent, plural, power, signedPercent } from '../words.ts';
import { type FitFlags, PENALTIES, penaltiesOf } from './fit-flags.ts';
import { choiceFlag, given, integer, LEVEL, listFlag, numberFlag, POSITIVE, type Rule, SHARE } from './flags.ts';
import { type Io, printJson, printLines, printWarnings, UsageError } from './io.ts';
import { addRowFlags, FILTER_ORDER, filtersOf, type RowFlags, readRows } from './row-flags.ts';
import { table } from './words.ts';

interface Flags extends RowFlags, Pick<FitFlags, 'penalty' | 'delta'> {
  readonly flops?: number;
  readonly group?: string;
  readonly dropFlagged?: true;
  readonly curve?: IsoFlopCurve;
  readonly lastShare?: number;
  readonly budgets?: number;
  readonly tolerance?: number;
  readonly maxZ?: number;
  readonly replicates?: number;
  readonly level?: number;
  readonly seed?: number;
  readonly json?: true;
}

const EXAMPLES = `
1: the envelope of training curves, from checkpoints (--run). 2: a parabola at each budget, from the last row of each run.
3: the parametric fit. An approach that the runs do not allow says why.

${FILTER_ORDER}

Examples:
  scaling-laws approaches runs.csv --flops 1e24
  scaling-laws approaches isoflops.csv --flops 1e24 --C budget --group budget --drop-flagged
  scaling-laws approaches checkpoints.csv --flops 1e22 --run model,seed --last-share 0.15`;

const ANY_INTEGER: Rule = { must: 'an integer', holds: Number.isSafeInteger };

/** Adds the command to `program`. */
export function addApproaches(program: Command, io: Io): void {
  const command = program
    .command('approaches')
    .description('the three approaches of Hoffmann et al. side by side: exponents, and the optimum for a budget')
    .argument('<file>', 'CSV, TSV, JSON or JSON Lines, one measured loss a row; - for stdin');
  addRowFlags(command, false)
    .optionsGroup('Question:')
    .addOption(numberFlag('--flops <number>', 'training FLOPs of the model asked for', POSITIVE))
    .optionsGroup('Approaches:')
    .option('--group <column>', 'column that names the budget of a row (default: rows of about the same FLOPs)')
    .option('--drop-flagged', 'leave suspect rows out of approach 2 (default: keep them, and tell)')
    .addOption(
      new Option('--curve <kind>', `curve through a budget of approach 2 (default: ${DEFAULT_ISO_FLOP_CURVE})`).choices(
        ['parabola', 'akima'],
      ),
    )
    .addOption(numberFlag('--last-share <share>', 'part of a run, from its end, that approach 1 may choose', SHARE))
    .addOption(
      numberFlag('--budgets <k>', `points of approach 1's envelope (default: ${DEFAULT_ENVELOPE_BUDGETS})`, integer(2)),
    )
    .addOption(
      numberFlag(
        '--tolerance <share>',
        `rows of one budget differ by at most this in FLOPs (default: ${DEFAULT_BUDGET_TOLERANCE})`,
        POSITIVE,
      ),
    )
    .addOption(numberFlag('--max-z <z>', 'largest score of a row that is no outlier of its budget', POSITIVE))
    .addOption(
      choiceFlag('--penalty <kind>', 'of approach 3: huber, squared, absolute (default: huber)', PENALTIES, false),
    )
    .addOption(listFlag('--delta <number>', 'where Huber turns linear (default: 0.001)', POSITIVE, false))
    .optionsGroup('Uncertainty:')
    .addOption(
      numberFlag(
        '--replicates <k>',
        `redrawn versions of the rows (default: ${DEFAULT_APPROACH_REPLICATES})`,
        integer(2),
      ),
    )
    .addOption(numberFlag('--level <share>', `nominal coverage of the intervals (default: ${DEFAULT_LEVEL})`, LEVEL))
    .addOption(numberFlag('--seed <integer>', 'one seed, one answer (default: 1)', ANY_INTEGER))
    .optionsGroup('Output:')
    .option('--json', 'print { approach1, approach2, approach3, flags, bias } as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: Flags) => {
      const { flops: C, group, dropFlagged, curve, lastShare, replicates, level, seed } = flags;
      if (C === undefined) throw new UsageError('approaches must have --flops, got none');
      const filters = filtersOf(flags) as readonly Filter[];
      const { budgets, tolerance, maxZ } = flags;
      const penalty = flags.penalty || flags.delta ? penaltiesOf(flags)[0] : undefined;
      const runs = await readRows(file, flags, io);
      const own = given({ group, dropFlagged, curve, lastShare, budgets, tolerance, maxZ, penalty });
      const comparison = compareApproaches(runs, { C, filters, ...own, ...given({ replicates, level, seed }) });
      if (flags.json) return printJson(io, comparison);
      printLines(io, inWords(comparison, io.columns));
      printWarnings(io, warningsOf(comparison));
    });
}

const APPROACHES = [
  ['approach1', '1 envelope'],
  ['approach2', '2 IsoFLOP'],
  ['approach3', '3 parametric'],
] as const;

function inWords(comparison: ApproachComparison, width: number | undefined): string[] {
  const { C, level, replicates, flags, bias } = comparison;
  const rows = APPROACHES.map(([name, label]) => [label, ...cells(comparison[name])]);
  const reasons = APPROACHES.flatMap(([name, label]) => {
    const answer = comparison[name];
    return answer.kind === 'not-possible' ? [`${label}: ${answer.reason}`] : [];
  });
  return [
    `At ${power(C)} training FLOPs, with ${percent(level)} intervals from ${replicates} redrawn versions of the rows:`,
    '',
    ...table([['approach', 'N ~ C^a', 'D ~ C^b', 'N', 'D', 'D/N'], ...rows], 6, width, 1),
    ...paragraph(reasons),
    ...paragraph(flagLines(flags)),
    ...paragraph(bias ? [biasInWords(bias)] : []),
  ];
}

const paragraph = (lines: readonly string[]): string[] => (lines.length > 0 ? ['', ...lines] : []);

function cells(answer: ApproachAnswer): string[] {
  if (answer.kind === 'not-possible') return ['not possible', '', '', '', ''];
  const { a, b, N, D } = answer;
  const exponent = (one: Interval): string => interval(one, (value) => digits(value, 3));
  return [exponent(a), exponent(b), interval(N, count), interval(D, count), count(D.estimate / N.estimate)];
}

const interval = ({ estimate, lower, upper }: Interval, word: (value: number) => string): string =>
  `${word(estimate)} [${word(lower)}, ${word(upper)}]`;

function flagLines(flags: readonly Flag[]): string[] {
  const byReason = new Map<string, number[]>();
  for (const { reason, row } of flags) byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
  return [...byReason].map(([reason, rows]) => `${reason}: ${plural(rows.length, 'row')} (${listed(rows)})`);
}

/** Row numbers that a line names at most. */
const MOST_ROWS = 8;
const listed = (rows: readonly number[]): string =>
  rows.slice(0, MOST_ROWS).join(', ') + (rows.length > MOST_ROWS ? ', ...' : '');

const biasInWords = ({ N, D, a }: IsoFlopBias): string =>
  "If approach 3's law were true, approach 2 would miss on this very grid, without any noise: " +
  `N by ${signedPercent(N)}, D by ${signedPercent(D)}, a by ${a < 0 ? '-' : '+'}${Math.abs(a).toFixed(3)}.`;

const warningsOf = (comparison: ApproachComparison): Finding[] =>
  APPROACHES.flatMap(([name, label]) => {
    const answer = comparison[name];
    if (answer.kind === 'not-possible') return [];
    return answer.warnings.map((one) => ({ ...one, message: `${label}: ${one.message}` }));
  });
