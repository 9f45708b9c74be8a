/** `scaling-laws approaches`: Hoffmann et al.'s three approaches side by side on the same runs. */

import { DEFAULT_ISO_FLOP_CURVE } from '../approaches/approach2.ts';
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
import { refusal } from '../errors.ts';
import type { Filter } from '../filters/filter.ts';
import type { Finding } from '../finding.ts';
import { fitOptions } from '../fit/options.ts';
import { choice, inside, integer, positive, ratio, share, text, yes } from '../schema/fields.ts';
import { object, optional } from '../schema/objects.ts';
import { DEFAULT_LEVEL, type Interval } from '../uncertainty/intervals.ts';
import { count, digits, percent, plural, power, signedPercent } from '../words.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';
import { table } from './words.ts';

const question = object('approach options', {
  C: optional(positive('FLOPs', { help: 'Training FLOPs of the model asked for.', flag: 'flops' })),
});
const options = object('approach options', {
  group: optional(
    text({
      help: 'Column that names the budget of a row. Default: rows of about the same FLOPs.',
      placeholder: 'column',
    }),
  ),
  dropFlagged: optional(yes({ help: 'Leave suspect rows out of approach 2; without it they stay, and are told of.' })),
  curve: optional(
    choice(['parabola', 'akima'], { help: 'Curve through a budget of approach 2.' }),
    DEFAULT_ISO_FLOP_CURVE,
  ),
  lastShare: optional(
    share({ help: 'Part of a run, from its end, that approach 1 may choose.', placeholder: 'share' }),
  ),
  budgets: optional(
    integer({ help: "Points of approach 1's envelope.", placeholder: 'k' }, 2),
    DEFAULT_ENVELOPE_BUDGETS,
  ),
  tolerance: optional(
    ratio({ help: 'Rows of one budget differ by at most this share in FLOPs.', placeholder: 'share' }),
    DEFAULT_BUDGET_TOLERANCE,
  ),
  maxZ: optional(ratio({ help: 'Largest score of a row that is no outlier of its budget.', placeholder: 'z' })),
});
const uncertainty = object('approach options', {
  replicates: optional(
    integer({ help: 'Redrawn versions of the rows.', placeholder: 'k' }, 2),
    DEFAULT_APPROACH_REPLICATES,
  ),
  level: optional(inside({ help: 'Nominal coverage of the intervals.', placeholder: 'share' }), DEFAULT_LEVEL),
  seed: optional(integer({ help: 'Seed of the random numbers. Default: 1.', placeholder: 'integer' })),
});
const output = object('output', {
  json: optional(yes({ help: 'Print { approach1, approach2, approach3, flags, bias } as JSON.' })),
});

/** The command. */
export const approaches = command({
  args: [FILE],
  sets: {
    columns: columnFlags,
    filters: filterFlags(false),
    question: flagSet(question, { title: 'Question' }),
    own: flagSet(options, { title: 'Approaches' }),
    fit: flagSet(fitOptions, {
      title: 'Approaches',
      only: ['penalty'],
      change: { penalty: { help: 'Penalty of approach 3: huber, squared or absolute. Default: huber.' } },
    }),
    uncertainty: flagSet(uncertainty, { title: 'Uncertainty' }),
    output: flagSet(output, { title: 'Output' }),
    by: byFlags,
  },
  notes: `1: the envelope of training curves, from checkpoints (--run). 2: a parabola at each budget, from the last row of each run.
3: the parametric fit. An approach that the runs do not allow says why.

${FILTER_ORDER}`,
  examples: [
    'scaling-laws approaches runs.csv --flops 1e24',
    'scaling-laws approaches isoflops.csv --flops 1e24 --C budget --group budget --drop-flagged',
    'scaling-laws approaches checkpoints.csv --flops 1e22 --run model,seed --last-share 0.15',
  ],
  each: { of: 'rows', all: 'comparisons', one: 'comparison' },
  run: async ({ flags, io, rows }) => {
    const { C } = flags.question;
    if (C === undefined) throw refusal('approaches', 'have --flops', 'none');
    const filters = flags.filters as readonly Filter[];
    const runs = await rows();
    const comparison = compareApproaches(runs, { C, filters, ...flags.own, ...flags.fit, ...flags.uncertainty });
    return {
      json: comparison,
      words: () => inWords(comparison, io.columns),
      table: () => answerLines(comparison),
      warnings: warningsOf(comparison),
    };
  },
});

const APPROACHES = [
  ['approach1', '1 envelope'],
  ['approach2', '2 IsoFLOP'],
  ['approach3', '3 parametric'],
] as const;

const answerLines = (comparison: ApproachComparison): string[][] => [
  ['approach', 'N ~ C^a', 'D ~ C^b', 'N', 'D', 'D/N'],
  ...APPROACHES.map(([name, label]) => [label, ...cells(comparison[name])]),
];

function inWords(comparison: ApproachComparison, width: number | undefined): string[] {
  const { C, level, replicates, flags, bias } = comparison;
  const reasons = APPROACHES.flatMap(([name, label]) => {
    const answer = comparison[name];
    return answer.kind === 'not-possible' ? [`${label}: ${answer.reason}`] : [];
  });
  return [
    `At ${power(C)} training FLOPs, with ${percent(level)} intervals from ${replicates} redrawn versions of the rows:`,
    '',
    ...table(answerLines(comparison), 6, width, 1),
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
