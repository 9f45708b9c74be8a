/** `scaling-laws approaches`: Hoffmann et al.'s three approaches side by side on the same runs. */

import type { Flag } from '../approaches/flags.ts';
import {
  type ApproachAnswer,
  type ApproachComparison,
  compareApproaches,
  compareApproachesOptions,
} from '../compare-approaches/compare-approaches.ts';
import type { IsoFlopBias } from '../compare-approaches/iso-flop-bias.ts';
import type { Finding } from '../finding.ts';
import { table } from '../report/text-table.ts';
import type { Interval } from '../uncertainty/intervals.ts';
import { count, digits, percent, plural, power, signedPercent } from '../words.ts';
import { byFlags } from './by.ts';
import { command } from './command.ts';
import { flagSet } from './flags.ts';
import { jsonFlags } from './out.ts';
import { columnFlags, FILE, FILTER_ORDER, filterFlags } from './rows.ts';

const UNCERTAINTY = ['level', 'replicates', 'seed'];

/** The command. */
export const declared = command({
  args: [FILE],
  sets: {
    columns: columnFlags,
    filters: filterFlags(false),
    question: flagSet(compareApproachesOptions, { title: 'Question', only: ['C'], needed: [['flops']] }),
    own: flagSet(compareApproachesOptions, {
      title: 'Approaches',
      omit: ['C', 'filters', 'penalty.overestimateWeight', ...UNCERTAINTY],
      change: { penalty: { help: 'Penalty of approach 3.' } },
    }),
    uncertainty: flagSet(compareApproachesOptions, { title: 'Uncertainty', only: UNCERTAINTY }),
    output: jsonFlags('Print { approach1, approach2, approach3, flags, bias } as JSON.'),
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
    const { filters } = flags;
    const comparison = compareApproaches(await rows(), { C: C!, filters, ...flags.own, ...flags.uncertainty });
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
